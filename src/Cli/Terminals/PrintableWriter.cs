using System.Text;
using Net.Linux.Terminals;

namespace Net.Cli.Terminals;

/// <summary>Writes text for a terminal: whatever a verb prints, no control character but line feed and tab leaves the program.</summary>
/// <remarks>It guards against a place that forgets to escape what others chose. The bytes of commands and logs are not text of netctl and
/// go past it. What is written must not be cut inside a surrogate pair.</remarks>
/// <param name="inner">Takes the escaped text; disposed of with this.</param>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    // TextWriter's own methods end in one of these.
    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(TerminalText.EscapeLines(buffer.ToString()));

    public override void Write(string? value) => inner.Write(TerminalText.EscapeLines(value ?? ""));

    public override void WriteLine(string? value) => inner.Write(TerminalText.EscapeLines(value ?? "") + "\n");

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
