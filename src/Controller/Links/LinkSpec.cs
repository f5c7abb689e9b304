using System.Text.RegularExpressions;
using Net.Cnm.Errors;

namespace Net.Controller.Links;

/// <summary>A link as it is asked for: <c>--link CONTAINER[:ALIAS]</c>.</summary>
/// <param name="Target">The container to link to: a name, an id, or the name of a link such as <c>web/db</c>.</param>
/// <param name="Alias">The name that the linking container has for it.</param>
public sealed partial record LinkSpec(string Target, string Alias)
{
    private const int LongestShown = 80;

    /// <summary>Parses a link. Without an alias the container is known by the name that stands there. The form that <c>inspect</c> shows,
    /// <c>/CONTAINER:/NAME/ALIAS</c>, is understood too.</summary>
    /// <exception cref="CnmException">InvalidParameter: the text has another form, or the alias has other characters.</exception>
    public static LinkSpec Parse(string text)
    {
        string[] parts = text.Split(':');
        string target = parts[0].TrimStart('/');
        string alias = parts[^1][(parts[^1].LastIndexOf('/') + 1)..];
        if (parts.Length > 2 || target.Length == 0 || alias.Length == 0)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"bad format for links: {Shown(text)}; write CONTAINER or CONTAINER:ALIAS");
        }

        return AliasForm().IsMatch(alias)
            ? new LinkSpec(target, alias)
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"invalid alias \"{Shown(alias)}\" of link {Shown(text)}: use 1 to 64 of the characters [a-zA-Z0-9_.-], a letter or digit "
                    + "first");
    }

    private static string Shown(string text) => text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown - 3), "...");

    // As names of containers, or an id of 64 digits: the alias is written to /etc/hosts and becomes part of names of variables.
    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}\z")]
    private static partial Regex AliasForm();
}
