using System.Buffers;
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

    /// <summary>How long the daemon has to end the connection when the user leaves.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    private volatile bool _leaves;

    /// <summary>The keys by which the user leaves a command with a terminal; null for none.</summary>
    public DetachKeys? DetachKeys { get; init; }

    /// <summary>Whether signals to this program are passed on to the command.</summary>
    public bool PassesSignals { get; init; } = true;

    /// <summary>Whether the end of this program's input ends that of the command.</summary>
    public bool PassesEndOfInput { get; init; } = true;

    /// <summary>Whether the terminal's size is first told wrong, so that a program that fills the screen draws it again.</summary>
    public bool Redraws { get; init; }

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

    /// <summary>Copies everything until the command exits or the user leaves it.</summary>
    /// <returns>The command's exit code; null when the user has left it by the keys.</returns>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        using var standardInput = StandardStream.OpenInput();
        using var output = StandardStream.OpenOutput();
        using var error = StandardStream.OpenError();
        using TerminalMode? raw = terminal && input ? TerminalMode.EnterRaw(standardInput.Descriptor) : null;
        if (Redraws && terminal && TerminalMode.SizeOf(output.Descriptor) is { } size)
        {
            await connection.WriteAsync(Frame.Resize((ushort)(size.Rows + 1), (ushort)(size.Columns + 1)), cancellationToken);
        }

        using var signals = new SignalForwarder(connection, terminal ? output : null, PassesSignals);
        using var left = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, signals.GivenUp, left.Token);
        if (input)
        {
            // A thread of its own, since a read of standard input cannot be cancelled. It ends with the program.
            new Thread(() => PassInput(standardInput, left)) { IsBackground = true }.Start();
        }

        try
        {
            while (await connection.ReadAsync(ended.Token) is { } frame)
            {
                switch (frame.Kind)
                {
                    case FrameKind.StandardOutput when !_leaves:
                        output.Write(frame.Bytes.Span);
                        break;
                    case FrameKind.StandardError when !_leaves:
                        error.Write(frame.Bytes.Span);
                        break;
                    case FrameKind.Exit when frame.Bytes.Length == 1:
                        return frame.Bytes.Span[0];
                }
            }
        }
        catch (Exception e) when (_leaves && (e is OperationCanceledException or DaemonUnreachableException))
        {
            return null;
        }

        if (_leaves)
        {
            return null;
        }

        throw new DaemonUnreachableException(
            "the netctl daemon ended the connection before the command ended: the command runs on; see netctl ps and netctl logs");
    }

    private void PassInput(StandardStream standardInput, CancellationTokenSource left)
    {
        byte[] buffer = new byte[ReadSize];
        DetachFilter? filter = terminal && DetachKeys is not null ? new DetachFilter(DetachKeys) : null;
        try
        {
            for (int count = standardInput.Read(buffer); count > 0; count = standardInput.Read(buffer))
            {
                if (filter is null)
                {
                    Send(new Frame(FrameKind.StandardInput, buffer.AsMemory(0, count)));
                    continue;
                }

                var passed = new ArrayBufferWriter<byte>(count);
                bool leaves = filter.Take(buffer.AsSpan(0, count), passed);
                if (passed.WrittenCount > 0)
                {
                    Send(new Frame(FrameKind.StandardInput, passed.WrittenMemory));
                }

                if (leaves)
                {
                    _leaves = true;
                    left.CancelAfter(LeaveLimit);
                    Send(Frame.Detach);
                    return;
                }
            }

            if (PassesEndOfInput)
            {
                Send(Frame.EndOfInput);
            }
        }
        catch (Exception e) when (e is IOException or DaemonUnreachableException or ObjectDisposedException)
        {
            // The terminal or the connection was closed. RunAsync, which reads the command's output, reports that.
        }
    }

    private void Send(Frame frame) => connection.WriteAsync(frame, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
