using System.Runtime.InteropServices;
using Net.Api.Clients;
using Net.Api.Streams;
using Net.Linux.Terminals;

namespace Net.Cli.Terminals;

/// <summary>While it lives, signals to this program go on to the command, and so does the size of the terminal.</summary>
internal sealed class SignalForwarder : IDisposable
{
    private const int Patience = 3;

    // signal(7), the numbers of every machine .NET runs on.
    private static readonly (PosixSignal Signal, int Number)[] Forwarded =
    [
        (PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), ((PosixSignal)10, 10), ((PosixSignal)12, 12), (PosixSignal.SIGTERM, 15),
    ];

    private readonly IFrameConnection _connection;
    private readonly CancellationTokenSource _givenUp = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _requests;

    /// <param name="connection">Where the frames go.</param>
    /// <param name="terminal">Whose size to pass on, now and when it changes; null for none.</param>
    public SignalForwarder(IFrameConnection connection, StandardStream? terminal)
    {
        _connection = connection;
        foreach ((PosixSignal signal, int number) in Forwarded)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context => Forward(context, number)));
        }

        if (terminal is not null)
        {
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => PassSize(terminal)));
            PassSize(terminal);
        }
    }

    /// <summary>Cancelled when the user has asked for an end three times and the command still runs.</summary>
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
        if (context.Signal is PosixSignal.SIGINT or PosixSignal.SIGTERM && Interlocked.Increment(ref _requests) == Patience)
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

    // Frames of a few bytes: they wait only when the daemon does not read any more, and then on no thread of ours.
    private async void Send(Frame frame)
    {
        try
        {
            await _connection.WriteAsync(frame, CancellationToken.None);
        }
        catch (Exception e) when (e is DaemonUnreachableException or ObjectDisposedException)
        {
            // The connection has ended; whoever reads from it tells of it.
        }
    }
}
