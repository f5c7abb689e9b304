using System.Runtime.CompilerServices;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>A test that each of Docker's command-line clients runs which is installed; it is given the client's path.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery.</summary>
    /// <param name="sourceFilePath">Where the test stands; the compiler fills it in.</param>
    /// <param name="sourceLineNumber">Likewise.</param>
    public DockerTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = new ProgramFactAttribute("docker").Skip;
    }
}
