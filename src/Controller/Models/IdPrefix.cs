using System.Collections.Immutable;
using Net.Cnm.Errors;

namespace Net.Controller.Models;

/// <summary>Finds an object by a prefix of its id.</summary>
internal static class IdPrefix
{
    private const int FullLength = 64;

    /// <summary>Returns the only object whose id has this prefix.</summary>
    /// <param name="prefix">The first digits of the id, or all of them.</param>
    /// <param name="objects">The objects to search.</param>
    /// <param name="text">Returns the digits of an id.</param>
    /// <param name="what">The kind of object, for the message: network or container.</param>
    /// <exception cref="CnmException">NotFound: no id has the prefix. InvalidParameter: several ids have it.</exception>
    public static T Find<TId, T>(string prefix, ImmutableDictionary<TId, T> objects, Func<TId, string> text, string what)
        where TId : struct
    {
        TId? found = null;
        if (prefix.Length is > 0 and <= FullLength)
        {
            foreach (TId id in objects.Keys.Where(id => text(id).StartsWith(prefix, StringComparison.Ordinal)))
            {
                if (found is not null)
                {
                    throw new CnmException(
                        CnmErrorKind.InvalidParameter, $"{what} {prefix} is ambiguous: several ids begin so; give more digits or the name");
                }

                found = id;
            }
        }

        return found is { } unique ? objects[unique] : throw new CnmException(CnmErrorKind.NotFound, $"{NotFound(what, prefix)}");
    }

    private static string NotFound(string what, string reference)
    {
        string shown = reference.Length <= 80 ? reference : string.Concat(reference.AsSpan(0, 77), "...");
        return what == "network"
            ? $"network {shown} not found; netctl network ls lists those that are there"
            : $"No such container: {shown}; netctl ps -a lists those that are there";
    }
}
