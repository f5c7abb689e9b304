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
        if (Problem(link, owner, kind, isKnown: static _ => true) is { } problem)
        {
            throw new CnmException(CnmErrorKind.Conflict, $"{what}: {problem}; choose another name or remove that device");
        }
    }

    /// <summary>Why the link is not ours to use, or null.</summary>
    /// <param name="link">The link.</param>
    /// <param name="owner">The owner that wants it.</param>
    /// <param name="kind">The kind of link that is wanted.</param>
    /// <param name="isKnown">Whether a tag is that of an owner in the model. A link of ours whose owner is not known is left over from a
    /// store that was lost, and may be used.</param>
    public static string? Problem(LinkMessage link, OwnerId owner, string kind, Func<string, bool> isKnown)
    {
        if (!LinkMark.IsOf(link, owner) && !(LinkMark.IsOurs(link) && !isKnown(link.Alias!)))
        {
            return $"name {link.Name} is already used by a device this daemon did not create";
        }

        return link.Info?.Kind == kind ? null : $"name {link.Name} is used by a device of kind {link.Info?.Kind ?? "physical"}, not {kind}";
    }
}
