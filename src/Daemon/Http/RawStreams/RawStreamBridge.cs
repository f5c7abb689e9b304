using System.Buffers;
using System.Text;
using Net.Api.Streams;
using Net.Cnm.Processes;

namespace Net.Daemon.Http.RawStreams;

/// <summary>Copies bytes between a client's connection, which was taken from the web server, and a command, as Docker's clients expect it,
/// until the command ends or the client leaves.</summary>
internal sealed class RawStreamBridge(RawConnection client, RawStreamSettings settings)
{
    private const int LongestInput = 64 * 1024;

    /// <summary>Copies in both directions.</summary>
    /// <param name="command">The command's streams.</param>
    /// <param name="beforeEnd">Called when the command has ended, before the connection is closed.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public async Task RunAsync(IProcessStreams command, Func<Task> beforeEnd, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task input = CopyInputAsync(command, ended);
        try
        {
            while (await command.ReadAsync(ended.Token) is { } frame)
            {
                if (frame.Kind == StreamKind.Exit)
                {
                    await beforeEnd();
                    break;
                }

                if (!await WriteAsync(frame, ended.Token))
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client has left, or the shim has closed its connection. The container's state says what became of the command.
        }

        await ended.CancelAsync();
        await input;
    }

    /// <summary>Sends a sentence in place of what the command would have written.</summary>
    public async Task SayAsync(string sentence, CancellationToken cancellationToken) => await WriteAsync(
        new StreamFrame(StreamKind.StandardOutput, Encoding.UTF8.GetBytes(sentence + "\r\n")), cancellationToken);

    /// <summary>Sends a piece of output, if the client is to get it.</summary>
    /// <returns>False when the client reads no more.</returns>
    public ValueTask<bool> WriteAsync(StreamFrame frame, CancellationToken cancellationToken) =>
        !(frame.Kind == StreamKind.StandardError ? settings.Error : settings.Output) ? ValueTask.FromResult(true)
        : settings.Terminal ? client.WriteAsync(frame.Bytes, cancellationToken)
        : client.WriteAsync(frame, cancellationToken);

    private async Task CopyInputAsync(IProcessStreams command, CancellationTokenSource ended)
    {
        try
        {
            var keys = new DetachFilter(settings.Keys);
            while (await client.ReadAsync(ended.Token) is { } bytes)
            {
                if (!settings.Input)
                {
                    continue;
                }

                if (!settings.Terminal)
                {
                    await SendAsync(command, bytes, ended.Token);
                    continue;
                }

                var passed = new ArrayBufferWriter<byte>();
                bool leaves = keys.Take(bytes, passed);
                await SendAsync(command, passed.WrittenMemory, ended.Token);
                if (leaves)
                {
                    await command.WriteAsync(new StreamFrame(StreamKind.Detach, default), ended.Token);
                    await ended.CancelAsync();
                    return;
                }
            }

            if (settings is { Input: true, PassesEndOfInput: true, Terminal: false })
            {
                await command.WriteAsync(new StreamFrame(StreamKind.StandardInput, default), ended.Token);
            }

            // A client that has nothing more to send may still read.
            await client.WaitForCloseAsync(ended.Token);
            await ended.CancelAsync();
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The command has ended, or its connection is closed.
        }
    }

    private static async Task SendAsync(IProcessStreams command, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, LongestInput)..])
        {
            await command.WriteAsync(
                new StreamFrame(StreamKind.StandardInput, bytes[..Math.Min(bytes.Length, LongestInput)]), cancellationToken);
        }
    }
}
