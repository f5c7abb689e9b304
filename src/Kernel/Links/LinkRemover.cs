using Net.Cnm.DesiredState;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Deletes links of ours in the daemon's namespace, all in one request.</summary>
internal static class LinkRemover
{
    /// <summary>Deletes those that are there and carry our mark; another's link of the same name stays.</summary>
    /// <returns>What could not be deleted, in words.</returns>
    public static IReadOnlyList<string> Remove(KernelSession session, IReadOnlyList<LinkRemovalStep> steps)
    {
        NetlinkConnection host = session.Connection(NamespaceRef.Host);
        try
        {
            List<int> ours = FindOurs(host, steps);
            if (ours.Count == 1)
            {
                Delete(host, LinkRequests.Delete(ours[0]));
            }
            else if (ours.Count > 1)
            {
                host.Pipeline([.. ours.Select(index => LinkRequests.Change(
                    new LinkMessage
                    {
                        Header = new LinkHeader(RouteFamily.Unspecified, 0, index, LinkFlags.None, LinkFlags.None),
                        Group = LinkMark.GraveGroup,
                    }))]);
                Delete(host, LinkRequests.DeleteGroup(LinkMark.GraveGroup));
            }

            return [];
        }
        catch (Exception error)
        {
            return [$"{string.Join(", ", steps.Select(step => ObjectWords.Of(step.Subject)))}: {error.Message}"];
        }
        finally
        {
            session.ForgetLinks();
        }
    }

    private static List<int> FindOurs(NetlinkConnection host, IReadOnlyList<LinkRemovalStep> steps)
    {
        IReadOnlyList<PipelineResult> results = host.Pipeline([.. steps.Select(step => LinkRequests.Get(step.Name))]);
        var ours = new List<int>();
        for (int i = 0; i < steps.Count; i++)
        {
            if (results[i].Error is null
                && LinkConnectionExtensions.FromEcho(results[i].Replies) is { } link
                && LinkMark.IsOf(link, steps[i].Subject.Owner))
            {
                ours.Add(link.Index);
            }
        }

        return ours;
    }

    private static void Delete(NetlinkConnection host, NetlinkRequest request)
    {
        PipelineResult result = host.Pipeline([request])[0];
        if (result.Error is { } error && !KernelErrors.IsAlreadyGone(error))
        {
            throw error;
        }
    }
}
