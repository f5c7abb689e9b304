using Net.Api.Clients;
using Net.Api.Streams;
using Net.Linux.Terminals;

namespace Net.Cli.Terminals;

/// <summary>Runs a command in the foreground: connects its streams to those of this program, and forwards signals and the size of the
/// terminal, until the command exits.</summary>
/// <param name="connection">The command's streams. The caller closes them.</param>
/// <param name="terminal">Whether the command has a terminal.</param>
/// <param name="input">Whether the command reads this program's standard input.</param>
internal sealed class ForegroundSession(IFrameConnection connection, bool terminal, bool input)
{
    private const int ReadSize = 32 * 1024;

    /// <summary>Refuses a terminal for a command when standard input is not a terminal, since line editing and echo would not
    /// work.</summary>
    public static void CheckTerminal(bool terminal, bool input)
    {
        using var standardInput = StandardStream.OpenInput();
        if (terminal && input && !TerminalMode.IsTerminal(standardInput.Descriptor))
        {
            throw new FormatException("the input device is not a TTY: leave out -t, or run it from a terminal");
        }
    }

    /// <summary>Copies everything until the command exits.</summary>
    /// <returns>The command's exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var standardInput = StandardStream.OpenInput();
        using var output = StandardStream.OpenOutput();
        using var error = StandardStream.OpenError();
        using TerminalMode? raw = terminal && input ? TerminalMode.EnterRaw(standardInput.Descriptor) : null;
        using var signals = new SignalForwarder(connection, terminal ? output : null);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, signals.GivenUp);
        if (input)
        {
            // A thread of its own, since a read of standard input cannot be cancelled. It ends with the program.
            new Thread(() => PassInput(standardInput)) { IsBackground = true }.Start();
        }

        while (await connection.ReadAsync(ended.Token) is { } frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.StandardOutput:
                    output.Write(frame.Bytes.Span);
                    break;
                case FrameKind.StandardError:
                    error.Write(frame.Bytes.Span);
                    break;
                case FrameKind.Exit when frame.Bytes.Length == 1:
                    return frame.Bytes.Span[0];
            }
        }

        throw new DaemonUnreachableException(
            "the netctl daemon ended the connection before the command ended: the command runs on; see netctl ps and netctl logs");
    }

    private void PassInput(StandardStream standardInput)
    {
        byte[] buffer = new byte[ReadSize];
        try
        {
            for (int count = standardInput.Read(buffer); count > 0; count = standardInput.Read(buffer))
            {
                Send(new Frame(FrameKind.StandardInput, buffer.AsMemory(0, count)));
            }

            Send(Frame.EndOfInput);
        }
        catch (Exception e) when (e is IOException or DaemonUnreachableException or ObjectDisposedException)
        {
            // The terminal or the connection was closed. RunAsync, which reads the command's output, reports that.
        }
    }

    private void Send(Frame frame) => connection.WriteAsync(frame, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
