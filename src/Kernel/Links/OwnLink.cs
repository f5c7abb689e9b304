using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Checks whether a link that has the name of a desired one is ours.</summary>
internal static class OwnLink
{
    /// <summary>Returns when the link is ours and of the right kind.</summary>
    /// <exception cref="CnmException">Conflict: it is another's, or of another kind.</exception>
    public static void Require(LinkMessage link, OwnerId owner, string kind, string what)
    {
        if (Problem(link, owner, kind) is { } problem)
        {
            throw new CnmException(CnmErrorKind.Conflict, $"{what}: {problem}; choose another name or remove that device");
        }
    }

    /// <summary>Why the link is not ours to use, or null.</summary>
    public static string? Problem(LinkMessage link, OwnerId owner, string kind)
    {
        if (!LinkMark.IsOf(link, owner))
        {
            return $"name {link.Name} is already used by a device this daemon did not create";
        }

        return link.Info?.Kind == kind ? null : $"name {link.Name} is used by a device of kind {link.Info?.Kind ?? "physical"}, not {kind}";
    }
}
