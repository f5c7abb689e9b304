using System.Runtime.Versioning;

using Net.Shims;

[assembly: SupportedOSPlatform("linux")]

namespace Net.Shim;

/// <summary>The entry point of <c>netctl-shim</c>, the helper program that the daemon starts for each container. Nobody types it.</summary>
internal static class Program
{
    private static int Main(string[] args) => ShimProgram.Run(args);
}
