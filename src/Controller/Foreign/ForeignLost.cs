using System.Collections.Concurrent;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Foreign;

/// <summary>The endpoints that this daemon has removed since their container had ended, without a word of the other program. It learns
/// later that the container has ended, and asks for them once more while it cleans up: Docker Engine publishes the ports of a container's
/// second network when it leaves the first one.</summary>
internal sealed class ForeignLost
{
    private readonly ConcurrentDictionary<EndpointId, bool> _endpoints = new();

    /// <summary>Notes the endpoints of another program that one snapshot has and a later one has not.</summary>
    public void Note(ModelSnapshot before, ModelSnapshot after)
    {
        foreach (Endpoint endpoint in before.EndpointsById.Values)
        {
            if (!after.EndpointsById.ContainsKey(endpoint.Id) && before[endpoint.Sandbox].StackSource == StackSource.Foreign)
            {
                _endpoints[endpoint.Id] = true;
            }
        }
    }

    /// <summary>Whether an endpoint was removed so.</summary>
    public bool Contains(EndpointId id) => _endpoints.ContainsKey(id);

    /// <summary>Forgets an endpoint: the other program has removed it too.</summary>
    public void Forget(EndpointId id) => _endpoints.TryRemove(id, out _);
}
