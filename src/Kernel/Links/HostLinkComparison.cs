using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Compares desired links in the daemon's namespace with those that are there under their names, or by their tags under
/// others.</summary>
internal static class HostLinkComparison
{
    /// <summary>Compares them.</summary>
    /// <param name="desired">The desired links.</param>
    /// <param name="kernel">What the kernel has.</param>
    /// <param name="difference">Receives what is missing, different or in conflict.</param>
    /// <param name="conflict">Why what has the name of a link is not that link; null when it is.</param>
    /// <param name="deviations">In words, what of the link is not as desired.</param>
    public static void Compare<T>(
        IReadOnlyList<T> desired,
        ObservedKernel kernel,
        DifferenceBuilder difference,
        Func<T, string?> conflict,
        Func<T, LinkMessage, IEnumerable<string>> deviations)
        where T : HostLink
    {
        foreach (T wanted in desired)
        {
            if (kernel.Host.Link(wanted.Name) is not { } link)
            {
                if (LinkNaming.FindByTag(kernel.Host.Links, wanted.Owner, wanted.Kind) is { } renamed)
                {
                    difference.Different(wanted, [LinkNaming.Report(renamed, "it", difference)]);
                }
                else
                {
                    difference.Missing(wanted);
                }
            }
            else if (conflict(wanted) is { } problem)
            {
                difference.Conflict(wanted, problem);
            }
            else
            {
                difference.Different(wanted, deviations(wanted, link));
            }
        }
    }
}
