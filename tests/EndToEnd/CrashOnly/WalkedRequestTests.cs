using Net.Tests.EndToEnd.OpenApi;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>No request that changes something is without an operation in whose middle the daemon is killed: one that sends it, or the
/// other request of the same kind, netctl's or Docker's.</summary>
public sealed class WalkedRequestTests
{
    private const string Stream = "it carries the streams of a command and changes nothing";

    private static readonly Dictionary<string, string> Walks = new(StringComparer.Ordinal)
    {
        ["DELETE /containers/{id}"] = "rm",
        ["DELETE /containers/{id}/{alias}"] = "rm --link",
        ["DELETE /networks/{id}"] = "network rm",
        ["POST /containers/prune"] = "container prune",
        ["POST /containers/{id}/exec"] = "exec",
        ["POST /containers/{id}/kill"] = "kill",
        ["POST /containers/{id}/pause"] = "pause",
        ["POST /containers/{id}/rename"] = "rename",
        ["POST /containers/{id}/restart"] = "restart",
        ["POST /containers/{id}/start"] = "start",
        ["POST /containers/{id}/stop"] = "stop",
        ["POST /containers/{id}/unpause"] = "unpause",
        ["POST /containers/{id}/update"] = "update",
        ["POST /exec/{id}/start"] = "exec",
        ["POST /netctl/containers/create"] = "create",
        ["POST /netctl/containers/{id}/publish"] = "publish",
        ["POST /netctl/containers/{id}/start"] = "run",
        ["POST /netctl/containers/{id}/unpublish"] = "unpublish",
        ["POST /netctl/exec/{id}/start"] = "exec",
        ["POST /netctl/mend"] = "doctor --fix",
        ["POST /netctl/system/reset"] = "reset",
        ["POST /netctl/system/restore"] = "restore",
        ["POST /netctl/system/settle"] = "disconnect, and its links are deleted",
        ["POST /networks/create"] = "network create",
        ["POST /networks/prune"] = "network prune",
        ["POST /networks/{id}/connect"] = "connect",
        ["POST /networks/{id}/disconnect"] = "disconnect",
    };

    private static readonly Dictionary<string, string> ChangesNothing = new(StringComparer.Ordinal)
    {
        ["POST /containers/{id}/attach"] = Stream,
        ["POST /containers/{id}/resize"] = Stream,
        ["POST /containers/{id}/wait"] = "it waits",
        ["POST /exec/{id}/resize"] = Stream,
        ["POST /netctl/containers/{id}/attach"] = Stream,
        ["POST /netctl/dns/flush"] = "the cache that it empties is the daemon's own memory",
    };

    [Fact]
    public void Every_request_that_changes_something_is_walked_through()
    {
        Assert.Equal(
            Description.Read().Requests
                .Where(request => request.Method is not ("GET" or "HEAD"))
                .Select(request => $"{request.Method} {request.Path}")
                .Order(),
            Walks.Keys.Concat(ChangesNothing.Keys).Order());
        Assert.All(Walks.Values, name => Assert.Contains(name, Walked.All.Keys));
    }
}
