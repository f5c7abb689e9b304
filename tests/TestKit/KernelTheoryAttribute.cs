using System.Runtime.CompilerServices;
using Xunit;

namespace Net.Tests.TestKit;

/// <summary>A test with data that is otherwise as <see cref="KernelFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery.</summary>
    /// <param name="sourceFilePath">Where the test stands; the compiler fills it in.</param>
    /// <param name="sourceLineNumber">Likewise.</param>
    public KernelTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = new KernelFactAttribute().Skip;
}
