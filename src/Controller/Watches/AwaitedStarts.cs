using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Controller.Watches;

/// <summary>The clients that attached to sandboxes before their commands were started. Each is connected at the next start, from the first
/// byte on that the command writes.</summary>
/// <remarks>A client is added in a turn of the operation queue in which its sandbox does not run, and taken after the turn in which the
/// sandbox comes to run, so none is passed over.</remarks>
internal sealed class AwaitedStarts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SandboxId, List<TaskCompletionSource<IProcessStreams>>> _clients = [];

    /// <summary>Adds a client.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="cancellationToken">The client leaves.</param>
    /// <returns>The streams, which the client closes. It throws what kept the command from being started.</returns>
    public Task<IProcessStreams> Add(SandboxId sandbox, CancellationToken cancellationToken)
    {
        var client = new TaskCompletionSource<IProcessStreams>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_clients.TryGetValue(sandbox, out List<TaskCompletionSource<IProcessStreams>>? clients))
            {
                _clients.Add(sandbox, clients = []);
            }

            clients.Add(client);
        }

        CancellationTokenRegistration leaving = cancellationToken.Register(() => Drop(sandbox, client, cancellationToken));
        _ = client.Task.ContinueWith(
            _ => leaving.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return client.Task;
    }

    /// <summary>Whether a client waits for the start of a sandbox.</summary>
    public bool HasAny(SandboxId sandbox)
    {
        lock (_lock)
        {
            return _clients.ContainsKey(sandbox);
        }
    }

    /// <summary>Connects the clients that wait, since the command was started.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="connect">Connects one.</param>
    public async Task ConnectAsync(SandboxId sandbox, Func<Task<IProcessStreams>> connect)
    {
        foreach (TaskCompletionSource<IProcessStreams> client in Take(sandbox))
        {
            try
            {
                IProcessStreams streams = await connect();
                if (!client.TrySetResult(streams))
                {
                    await streams.DisposeAsync(); // the client has left
                }
            }
            catch (Exception error)
            {
                client.TrySetException(error); // the command runs all the same
                _ = client.Task.Exception;
            }
        }
    }

    /// <summary>Tells the clients that wait that there is nothing to wait for any more.</summary>
    /// <param name="sandbox">The sandbox, which could not be started or was removed.</param>
    /// <param name="error">Why.</param>
    public void Fail(SandboxId sandbox, Exception error)
    {
        foreach (TaskCompletionSource<IProcessStreams> client in Take(sandbox))
        {
            client.TrySetException(error);
            _ = client.Task.Exception;
        }
    }

    private List<TaskCompletionSource<IProcessStreams>> Take(SandboxId sandbox)
    {
        lock (_lock)
        {
            return _clients.Remove(sandbox, out List<TaskCompletionSource<IProcessStreams>>? clients) ? clients : [];
        }
    }

    private void Drop(SandboxId sandbox, TaskCompletionSource<IProcessStreams> client, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_clients.TryGetValue(sandbox, out List<TaskCompletionSource<IProcessStreams>>? clients)
                && clients.Remove(client) && clients.Count == 0)
            {
                _clients.Remove(sandbox);
            }
        }

        client.TrySetCanceled(cancellationToken);
    }
}
