using System.Collections.Concurrent;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Controller.Operations;

namespace Net.Controller.Foreign;

/// <summary>Removes what another program has no use for any more. That program does not ask twice: a removal that fails, such as on a full
/// disk, is done again with the next mending.</summary>
internal sealed class ForeignFarewells : IDisposable
{
    private readonly ConcurrentDictionary<NetworkId, bool> _networks = new();
    private readonly ConcurrentDictionary<EndpointId, bool> _endpoints = new();
    private readonly Lock _timing = new();
    private Func<Func<string, bool>>? _lookForAbandoned;
    private ITimer? _nextLook;
    private bool _isDisposed;

    /// <summary>Removes an endpoint and the sandbox that stands for it; one that is not there is no error.</summary>
    public Task RemoveAsync(ControllerParts parts, EndpointId id)
    {
        _endpoints[id] = true;
        return RunAsync(parts);
    }

    /// <summary>Removes a network and the endpoints that it still has; one that is not there is no error.</summary>
    public Task RemoveAsync(ControllerParts parts, NetworkId id)
    {
        _networks[id] = true;
        return RunAsync(parts);
    }

    /// <summary>Removes what the other program has given up without a word that arrived.</summary>
    /// <param name="parts">The parts of the controller.</param>
    /// <param name="look">Looks at the processes of the host, each time anew, and tells of a network stack of the other program, by its
    /// name of it, whether it is there without a process in it; null where that cannot be seen now. What was seen before and is yet to
    /// be looked at again stays then.</param>
    public Task RemoveLostAsync(ControllerParts parts, Func<Func<string, bool>>? look)
    {
        if (look is not null)
        {
            Volatile.Write(ref _lookForAbandoned, look);
        }
        else
        {
            Interlocked.CompareExchange(ref _lookForAbandoned, static () => static _ => false, null);
        }

        return RunAsync(parts);
    }

    /// <summary>Looks for nothing any more.</summary>
    public void Dispose()
    {
        lock (_timing)
        {
            _isDisposed = true;
            _nextLook?.Dispose();
        }
    }

    /// <summary>Removes all that is due.</summary>
    public async Task RunAsync(ControllerParts parts)
    {
        foreach (EndpointId id in _endpoints.Keys)
        {
            if (await TryAsync(parts, $"endpoint {id.Short}", () => RemoveEndpointAsync(parts, id)))
            {
                _endpoints.TryRemove(id, out _);
            }
        }

        foreach (NetworkId id in _networks.Keys)
        {
            if (await TryAsync(parts, $"network {id.Short}", () => RemoveNetworkAsync(parts, id)))
            {
                _networks.TryRemove(id, out _);
            }
        }

        if (Volatile.Read(ref _lookForAbandoned) is { } look)
        {
            await TryAsync(parts, "what was lost", () => RemoveLostNowAsync(parts, look));
        }
    }

    private async Task RemoveLostNowAsync(ControllerParts parts, Func<Func<string, bool>> look)
    {
        if (await RemoveLostForeign.RunAsync(parts, look()) is { } due)
        {
            LookAgain(parts, due);
        }
        else
        {
            Interlocked.CompareExchange(ref _lookForAbandoned, null, look); // another may have been asked for meanwhile
        }
    }

    private void LookAgain(ControllerParts parts, DateTimeOffset due)
    {
        lock (_timing)
        {
            if (!_isDisposed)
            {
                TimeSpan wait = due - parts.Time.GetUtcNow();
                _nextLook ??= parts.Time.CreateTimer(_ => parts.LeftBehind(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _nextLook.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private static async Task<bool> TryAsync(ControllerParts parts, string what, Func<Task> removal)
    {
        try
        {
            await parts.Queue.RunAsync(
                async () =>
                {
                    await removal();
                    return true;
                },
                CancellationToken.None);
            return true;
        }
        catch (CnmException error)
        {
            parts.Log.Warning($"{what} of Docker Engine is removed later: {error.Message}");
            parts.LeftBehind();
            return false;
        }
    }

    private static async Task RemoveNetworkAsync(ControllerParts parts, NetworkId id)
    {
        if (parts.Model.Current.NetworksById.GetValueOrDefault(id) is not { Foreign: not null })
        {
            return;
        }

        foreach (SandboxId sandbox in parts.Model.Current.EndpointsOf(id).Select(endpoint => endpoint.Sandbox))
        {
            await RemoveSandboxAsync(parts, sandbox);
        }

        await parts.Runner.RunAsync(new RemoveNetwork(id.Value) { EvenForeign = true }, CancellationToken.None);
    }

    private static async Task RemoveEndpointAsync(ControllerParts parts, EndpointId id)
    {
        await RemoveSandboxAsync(parts, ForeignNames.SandboxOf(id));
        parts.ForeignLost.Forget(id);
    }

    private static async Task RemoveSandboxAsync(ControllerParts parts, SandboxId id)
    {
        if (parts.Model.Current.Find(id) is { StackSource: Cnm.Sandboxes.StackSource.Foreign })
        {
            await parts.Runner.RunAsync(new RemoveSandbox(id.Value, evenRunning: true), CancellationToken.None);
        }
    }
}
