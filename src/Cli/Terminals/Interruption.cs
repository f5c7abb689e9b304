using System.Runtime.InteropServices;

namespace Net.Cli.Terminals;

/// <summary>A token that is cancelled by SIGINT, SIGTERM or SIGHUP, so that a verb can clean up before it ends.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Takes the signals over until it is disposed of.</summary>
    /// <param name="cancellationToken">Cancels it, too.</param>
    public Interruption(CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            try
            {
                _source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The verb has ended while the signal came.
            }
        }))];
    }

    /// <summary>Cancelled by the first of the signals.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }
}
