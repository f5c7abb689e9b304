using Net.Api.Streams;
using Net.Cnm.Processes;

namespace Net.Daemon.Http;

/// <summary>Copies frames between a client's connection and a command until the command exits, or the client disconnects or leaves
/// it.</summary>
internal static class StreamBridge
{
    /// <summary>Copies frames in both directions.</summary>
    /// <param name="client">The client's connection.</param>
    /// <param name="command">The command's streams.</param>
    /// <param name="beforeExit">Called before the client gets the frame that says that the command has exited.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public static async Task RunAsync(Stream client, IProcessStreams command, Func<Task> beforeExit, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task input = CopyInputAsync(client, command, ended);
        try
        {
            while (await command.ReadAsync(ended.Token) is { } frame)
            {
                if (frame.Kind == StreamKind.Exit)
                {
                    await beforeExit();
                }

                await FrameCodec.WriteAsync(client, new Frame((FrameKind)frame.Kind, frame.Bytes), ended.Token);
                await client.FlushAsync(ended.Token);
                if (frame.Kind == StreamKind.Exit)
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client or the shim has closed its connection. The container's state says what became of the command.
        }

        await ended.CancelAsync();
        await input;
    }

    private static async Task CopyInputAsync(Stream client, IProcessStreams command, CancellationTokenSource ended)
    {
        try
        {
            while (await FrameCodec.ReadAsync(client, ended.Token) is { } frame)
            {
                if (frame.Kind is FrameKind.StandardInput or FrameKind.Resize or FrameKind.Signal or FrameKind.Detach)
                {
                    await command.WriteAsync(new StreamFrame((StreamKind)frame.Kind, frame.Bytes), ended.Token);
                }

                if (frame.Kind == FrameKind.Detach)
                {
                    await ended.CancelAsync(); // the client waits for the end of the connection
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidDataException)
        {
            // The client sends no more input. The command's output is still copied.
        }
    }
}
