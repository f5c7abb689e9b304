using Net.Cnm.Errors;

namespace Net.Controller.Rules;

/// <summary>The rule for host names of containers: that of domain names, and the kernel's limit (HOST_NAME_MAX, sethostname(2)).</summary>
internal static class HostNameRule
{
    private const int MaximumLength = 64;

    /// <summary>Returns the name when it obeys the rule.</summary>
    /// <exception cref="CnmException">InvalidParameter: the name breaks the rule.</exception>
    public static string Require(string name) =>
        name.Length <= MaximumLength && !name.EndsWith('.') && DomainNameRule.IsObeyedBy(name)
            ? name
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"invalid host name \"{(name.Length <= 80 ? name : name[..77] + "...")}\": use at most {MaximumLength} characters, "
                    + $"{DomainNameRule.Description}");
}
