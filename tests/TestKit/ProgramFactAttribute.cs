using System.Runtime.CompilerServices;
using Xunit;

namespace Net.Tests.TestKit;

/// <summary>A test as <see cref="KernelFactAttribute"/> that also needs a program of the distribution: skipped where that is not installed,
/// save when CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery.</summary>
    /// <param name="program">The program with its path, or a name that is looked up in PATH.</param>
    /// <param name="sourceFilePath">Where the test stands; the compiler fills it in.</param>
    /// <param name="sourceLineNumber">Likewise.</param>
    public ProgramFactAttribute(
        string program, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = new KernelFactAttribute().Skip;
        if (Skip is null && !Exists(program) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"needs {program}";
        }
    }

    private static bool Exists(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
