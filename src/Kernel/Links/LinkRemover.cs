using Net.Cnm.DesiredState;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Buries links of ours in the daemon's namespace.</summary>
internal static class LinkRemover
{
    /// <summary>Buries those that are there and carry our mark; another's link of the same name stays. What cannot be buried, and what lies
    /// in a grave since before, is deleted.</summary>
    /// <returns>What could not be removed, in words.</returns>
    public static IReadOnlyList<string> Remove(KernelSession session, IReadOnlyList<LinkRemovalStep> steps)
    {
        NetlinkConnection host = session.Connection(NamespaceRef.Host);
        try
        {
            List<(LinkMessage Link, LinkRemovalStep Step)> ours = FindOurs(host, steps);
            foreach ((LinkMessage link, LinkRemovalStep step) in ours)
            {
                if (step.OtherEnd is { } end)
                {
                    LinkGrave.BuryOtherEnd(session, link, end.Namespace, end.Name);
                }
            }

            ILookup<bool, LinkMessage> byWay = ours.ToLookup(own => own.Step.AtOnce || LinkGrave.Is(own.Link), own => own.Link);
            LinkMessage[] buried = [.. byWay[false]];
            session.HasGraves |= buried.Length > 0;
            foreach (LinkMessage link in byWay[true].Concat(LinkGrave.Bury(host, buried)))
            {
                Delete(host, link);
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

    private static List<(LinkMessage Link, LinkRemovalStep Step)> FindOurs(NetlinkConnection host, IReadOnlyList<LinkRemovalStep> steps)
    {
        IReadOnlyList<PipelineResult> results = host.Pipeline([.. steps.Select(step => LinkRequests.Get(step.Name))]);
        var ours = new List<(LinkMessage, LinkRemovalStep)>();
        for (int i = 0; i < steps.Count; i++)
        {
            if (results[i].Error is null
                && LinkConnectionExtensions.FromEcho(results[i].Replies) is { } link
                && LinkMark.IsOf(link, steps[i].Subject.Owner))
            {
                ours.Add((link, steps[i]));
            }
        }

        return ours;
    }

    private static void Delete(NetlinkConnection host, LinkMessage link)
    {
        PipelineResult result = host.Pipeline([LinkRequests.Delete(link.Index)])[0];
        if (result.Error is { } error && !KernelErrors.IsAlreadyGone(error))
        {
            throw error;
        }
    }
}
