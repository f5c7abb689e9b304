using Net.Cnm.Errors;

namespace Net.Controller.Operations;

/// <summary>The rule for host names inside: letters, digits, <c>.</c>, <c>-</c> and <c>_</c>, at most 64 (HOST_NAME_MAX, sethostname(2)).</summary>
internal static class HostNameRule
{
    private const int MaximumLength = 64;

    /// <summary>Returns the name when it keeps the rule.</summary>
    /// <exception cref="CnmException">InvalidParameter.</exception>
    public static string Require(string name) =>
        name.Length is > 0 and <= MaximumLength
        && char.IsAsciiLetterOrDigit(name[0])
        && name.Split('.').All(label => label.Length is > 0 and <= 63)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? name
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"invalid host name \"{(name.Length <= 80 ? name : name[..77] + "...")}\": use 1 to {MaximumLength} letters, digits, hyphens and dots, a letter or digit first");
}
