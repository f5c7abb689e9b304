using System.Runtime.CompilerServices;
using Xunit;

namespace Net.Tests.TestKit;

/// <summary>A test that needs root and namespaces of its own: skipped without root on a laptop, run (and so failed) when CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery.</summary>
    /// <param name="sourceFilePath">Where the test stands; the compiler fills it in.</param>
    /// <param name="sourceLineNumber">Likewise.</param>
    public KernelFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!Environment.IsPrivilegedProcess && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "needs root: run the tests with sudo";
        }
    }
}
