namespace Net.Cnm.Processes;

/// <summary>A connection to the standard streams of a command in a sandbox. Closing the connection does not end the command.</summary>
public interface IProcessStreams : IAsyncDisposable
{
    /// <summary>The process id of the command in the daemon's PID namespace; 0 where it is not known.</summary>
    int ProcessId => 0;

    /// <summary>Waits for the next frame from the command. The result is null when the connection is closed.</summary>
    ValueTask<StreamFrame?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sends a frame to the command. Its kind is StandardInput, Resize, Signal or Detach.</summary>
    ValueTask WriteAsync(StreamFrame frame, CancellationToken cancellationToken);
}
