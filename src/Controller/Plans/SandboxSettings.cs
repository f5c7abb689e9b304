using Net.Cnm.DesiredState;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;

namespace Net.Controller.Plans;

/// <summary>The kernel settings that every sandbox with a network stack of its own has, as Docker sets them since 20.10.</summary>
/// <remarks>In such a stack a low port is the container's own, so that no privilege guards it: a web server that has given up root may bind
/// port 80 (ip_unprivileged_port_start), and ping(8) works for every group without CAP_NET_RAW (ping_group_range). Source: ip-sysctl in the
/// kernel's documentation.</remarks>
internal static class SandboxSettings
{
    private static readonly Dictionary<string, string> NoSettings = [];

    private static readonly (string Path, string Value)[] Settings =
    [
        ("net/ipv4/ip_unprivileged_port_start", "0"),
        ("net/ipv4/ping_group_range", "0 2147483647"),
    ];

    /// <summary>The settings of one sandbox; those that the user asked for take the place of ours.</summary>
    public static IEnumerable<SysctlObject> Of(Sandbox sandbox, OwnerId owner, NamespaceRef place)
    {
        (string Path, string Value)[] asked = [.. (sandbox.Sysctls ?? NoSettings).Select(s => (SysctlRule.PathOf(s.Key), s.Value))];
        return Settings.Where(s => !asked.Any(a => a.Path == s.Path)).Concat(asked)
            .Select(s => new SysctlObject { Owner = owner, Namespace = place, Path = s.Path, Value = s.Value });
    }
}
