namespace Net.Cnm.Processes;

/// <summary>A connection to the standard streams of a command in a sandbox. Closing it leaves the command running.</summary>
public interface IProcessStreams : IAsyncDisposable
{
    /// <summary>The next frame from the command; null when the connection is closed.</summary>
    ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sends a frame to the command: StandardInput, Resize or Signal.</summary>
    ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken);
}
