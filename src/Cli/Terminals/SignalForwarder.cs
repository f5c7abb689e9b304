using System.Runtime.InteropServices;
using Net.Api.Clients;
using Net.Api.Streams;
using Net.Linux.Terminals;

namespace Net.Cli.Terminals;

/// <summary>Forwards signals to this program, and the size of the terminal, to a command until it is disposed of.</summary>
internal sealed class SignalForwarder : IDisposable
{
    // After this many SIGINT or SIGTERM the user wants netctl itself to end.
    private const int RequestsUntilGivingUp = 3;

    // The numbers of signal(7), the same on every machine that .NET runs on.
    private static readonly (PosixSignal Signal, int Number)[] Forwarded =
    [
        (PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), ((PosixSignal)10, 10), ((PosixSignal)12, 12),
        (PosixSignal.SIGTERM, 15),
    ];

    private readonly IFrameConnection _connection;
    private readonly CancellationTokenSource _givenUp = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _requests;

    /// <summary>Starts to forward.</summary>
    /// <param name="connection">The connection to the command.</param>
    /// <param name="terminal">The terminal whose size is forwarded, now and when it changes; null for none.</param>
    /// <param name="passesSignals">Whether signals are forwarded; otherwise they do to this program what they do to any.</param>
    public SignalForwarder(IFrameConnection connection, StandardStream? terminal, bool passesSignals = true)
    {
        _connection = connection;
        foreach ((PosixSignal signal, int number) in passesSignals ? Forwarded : [])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context => Forward(context, number)));
        }

        if (terminal is not null)
        {
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => PassSize(terminal)));
            PassSize(terminal);
        }
    }

    /// <summary>Cancelled when the user has requested an end three times and the command still runs.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _givenUp.Dispose();
    }

    private void Forward(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        Send(Frame.Signal(number));
        if (context.Signal is PosixSignal.SIGINT or PosixSignal.SIGTERM && Interlocked.Increment(ref _requests) == RequestsUntilGivingUp)
        {
            _givenUp.Cancel();
        }
    }

    private void PassSize(StandardStream terminal)
    {
        if (TerminalMode.SizeOf(terminal.Descriptor) is { } size)
        {
            Send(Frame.Resize(size.Rows, size.Columns));
        }
    }

    // Sends without waiting: the frames have a few bytes, and a write blocks only when the daemon has stopped reading, which must not block
    // a signal handler.
    private async void Send(Frame frame)
    {
        try
        {
            await _connection.WriteAsync(frame, CancellationToken.None);
        }
        catch (Exception e) when (e is DaemonUnreachableException or ObjectDisposedException)
        {
            // The connection was closed. The reader of the connection reports that.
        }
    }
}
