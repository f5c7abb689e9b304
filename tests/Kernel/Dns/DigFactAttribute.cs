using System.Runtime.CompilerServices;

namespace Net.Tests.Kernel.Dns;

/// <summary>A test that asks with dig: skipped where dig is not installed, unless <c>CI=true</c>, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DigFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test can run here.</summary>
    /// <param name="sourceFilePath">Where the test stands; the compiler fills it in.</param>
    /// <param name="sourceLineNumber">Likewise.</param>
    public DigFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!File.Exists(Dig.Path) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"{Dig.Path} is missing; install the package bind9-dnsutils.";
        }
    }
}
