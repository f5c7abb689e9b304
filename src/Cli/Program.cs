using System.Runtime.Versioning;
using System.Text;
using Net.Cli.Terminals;
using Net.Linux.Terminals;

[assembly: SupportedOSPlatform("linux")]

namespace Net.Cli;

/// <summary>The entry point of <c>netctl</c>: the client and the daemon.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using PrintableWriter output = Writer(StandardStream.OpenOutput());
        using PrintableWriter error = Writer(StandardStream.OpenError());
        return new Application(output, error).RunAsync(args).GetAwaiter().GetResult();
    }

    private static PrintableWriter Writer(Stream stream) => new(
        new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" });
}
