using Net.Linux.Terminals;
using Spectre.Console;

namespace Net.Cli.Terminals;

/// <summary>The terminal as something to draw on. Where there is none, whoever draws prints plain lines instead.</summary>
internal static class Screen
{
    /// <summary>The terminal of standard output; null when that is none, or one that only prints (<c>TERM=dumb</c>).</summary>
    public static IAnsiConsole? OfOutput() => Of(StandardStream.OpenOutput());

    /// <summary>The terminal of standard error; null as for <see cref="OfOutput"/>.</summary>
    public static IAnsiConsole? OfError() => Of(StandardStream.OpenError());

    /// <summary>Text of others, safe to print and without markup.</summary>
    public static string Plain(string text) => Markup.Escape(TerminalText.Escape(text));

    private static IAnsiConsole? Of(StandardStream stream)
    {
        if (!TerminalMode.IsTerminal(stream.Descriptor) || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
        {
            stream.Dispose();
            return null;
        }

        bool isColoured = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")); // https://no-color.org
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = isColoured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" }),
        });
        console.Profile.Width = TerminalMode.SizeOf(stream.Descriptor)?.Columns is > 20 and var columns ? columns : 80;
        return console;
    }
}
