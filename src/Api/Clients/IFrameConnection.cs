using Net.Api.Streams;

namespace Net.Api.Clients;

/// <summary>A connection to the streams of a command. The command keeps running when it is closed.</summary>
public interface IFrameConnection : IAsyncDisposable
{
    /// <summary>The next frame from the command; null when the daemon closed the connection.</summary>
    /// <exception cref="DaemonUnreachableException">The connection broke.</exception>
    ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sends a frame of kind StandardInput, Resize, Signal or Detach. Safe to call from several tasks, also while
    /// reading.</summary>
    /// <exception cref="DaemonUnreachableException">The connection broke.</exception>
    ValueTask WriteAsync(Frame frame, CancellationToken cancellationToken);
}
