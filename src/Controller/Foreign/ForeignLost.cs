using System.Collections.Concurrent;
using Net.Cnm.Identifiers;

namespace Net.Controller.Foreign;

/// <summary>The endpoints that this daemon has removed since their container had ended, without a word of the other program. It learns
/// later that the container has ended, and asks for them once more while it cleans up: Docker Engine publishes the ports of a container's
/// second network when it leaves the first one.</summary>
internal sealed class ForeignLost
{
    private const int Most = 4096; // those that the other program never asks for are not kept for ever

    private readonly ConcurrentDictionary<EndpointId, bool> _endpoints = new();

    /// <summary>Notes that an endpoint was removed so.</summary>
    public void Note(EndpointId id)
    {
        if (_endpoints.Count >= Most)
        {
            _endpoints.Clear();
        }

        _endpoints[id] = true;
    }

    /// <summary>Whether an endpoint was removed so.</summary>
    public bool Contains(EndpointId id) => _endpoints.ContainsKey(id);

    /// <summary>Forgets an endpoint: the other program has removed it too.</summary>
    public void Forget(EndpointId id) => _endpoints.TryRemove(id, out _);
}
