using Net.Api.Streams;
using Net.Cnm.Processes;

namespace Net.Daemon.Http;

/// <summary>Carries frames between a client's connection and a command until the command has ended or the client has gone.</summary>
internal static class StreamBridge
{
    /// <param name="client">The client's connection.</param>
    /// <param name="command">The command's streams.</param>
    /// <param name="beforeExit">What is to be done before the client is told that the command has ended.</param>
    public static async Task RunAsync(Stream client, IProcessStreams command, Func<Task> beforeExit, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task input = CopyInputAsync(client, command, ended.Token);
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
            // The client has gone, or the shim has: the command's fate is in the container's state.
        }

        await ended.CancelAsync();
        await input;
    }

    private static async Task CopyInputAsync(Stream client, IProcessStreams command, CancellationToken cancellationToken)
    {
        try
        {
            while (await FrameCodec.ReadAsync(client, cancellationToken) is { } frame)
            {
                if (frame.Kind is FrameKind.StandardInput or FrameKind.Resize or FrameKind.Signal)
                {
                    await command.WriteAsync(new StreamFrame((StreamKind)frame.Kind, frame.Bytes), cancellationToken);
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidDataException)
        {
            // The client sends nothing any more; what the command writes still goes out, as long as somebody reads it.
        }
    }
}
