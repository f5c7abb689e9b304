using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>The first words of ip(8) and other commands for a namespace.</summary>
internal static class IpCommand
{
    /// <summary><c>ip</c>, or <c>ip -n NAME</c>.</summary>
    public static string In(NamespaceRef @namespace) => @namespace.IsHost ? "ip" : $"ip -n {@namespace.Name}";

    /// <summary>Empty, or <c>ip netns exec NAME </c> with a space at the end.</summary>
    public static string Exec(NamespaceRef @namespace) => @namespace.IsHost ? "" : $"ip netns exec {@namespace.Name} ";

    /// <summary>The command that writes a setting. Its path keeps the slashes, which sysctl(8) takes too: an interface name may hold a
    /// dot.</summary>
    public static string WriteSetting(NamespaceRef @namespace, string path, string value) =>
        $"{Exec(@namespace)}sysctl -qw {path}={(value.AsSpan().IndexOfAny(" \t") < 0 ? value : $"'{value}'")}";
}
