using System.Collections.Concurrent;
using Net.Cnm.Identifiers;
using Net.Controller.Plans;

namespace Net.Controller.Foreign;

/// <summary>The endpoints that another program takes: it has said so, and its call waits for its turn in the operation queue, is carried
/// out, or was answered a moment ago.</summary>
/// <param name="time">The clock.</param>
internal sealed class ForeignJoins(TimeProvider time)
{
    private readonly ConcurrentDictionary<EndpointId, Join> _joins = new();

    /// <summary>Notes an endpoint while something is done with it; a call that is repeated may be there twice.</summary>
    public async Task<T> WhileAsync<T>(EndpointId id, Func<Task<T>> action)
    {
        ForgetOld();
        Count(id, 1);
        try
        {
            return await action();
        }
        finally
        {
            Count(id, -1);
        }
    }

    /// <summary>Whether a call by which the other program takes an endpoint is yet to be answered.</summary>
    public bool IsUnderWay(EndpointId id) => _joins.TryGetValue(id, out Join join) && join.Calls > 0;

    /// <summary>The time until which the other program may be about to take an endpoint's link.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="created">When it was made.</param>
    public DateTimeOffset Until(EndpointId id, DateTimeOffset created)
    {
        DateTimeOffset last = !_joins.TryGetValue(id, out Join join) ? created
            : join.Calls > 0 ? time.GetUtcNow()
            : join.Last;
        return (last > created ? last : created) + ForeignEndpoints.Patience;
    }

    private void Count(EndpointId id, int difference) => _joins.AddOrUpdate(
        id, new Join(difference, time.GetUtcNow()), (_, join) => new Join(join.Calls + difference, time.GetUtcNow()));

    private void ForgetOld()
    {
        DateTimeOffset old = time.GetUtcNow() - ForeignEndpoints.Patience;
        foreach (KeyValuePair<EndpointId, Join> join in _joins)
        {
            if (join.Value.Calls == 0 && join.Value.Last <= old)
            {
                _joins.TryRemove(join); // unless it has begun again meanwhile
            }
        }
    }

    private readonly record struct Join(int Calls, DateTimeOffset Last);
}
