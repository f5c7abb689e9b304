using System.Runtime.Versioning;
using System.Text;
using Net.Cli.Terminals;
using Net.Linux.Terminals;
using Net.Shims;

[assembly: SupportedOSPlatform("linux")]

namespace Net.Cli;

/// <summary>The entry point of the only binary: client, daemon, and the shim that the daemon starts for each container.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // The shim is not one of the commands: it has no help and no options, and must not start a thread before its own work.
        if (args is ["shim", ..])
        {
            return ShimProgram.Run(args[1..]);
        }

        using PrintableWriter output = Writer(StandardStream.OpenOutput());
        using PrintableWriter error = Writer(StandardStream.OpenError());
        return new Application(output, error).RunAsync(args).GetAwaiter().GetResult();
    }

    private static PrintableWriter Writer(Stream stream) => new(
        new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" });
}
