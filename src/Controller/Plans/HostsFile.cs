using System.Net;
using System.Text;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Plans;

/// <summary>The text of a sandbox's /etc/hosts: hosts(5), in Docker's order.</summary>
internal static class HostsFile
{
    private const string IPv4Lines = "127.0.0.1\tlocalhost\n";

    private const string IPv6Lines =
        "::1\tlocalhost ip6-localhost ip6-loopback\n"
        + "fe00::\tip6-localnet\n"
        + "ff00::\tip6-mcastprefix\n"
        + "ff02::1\tip6-allnodes\n"
        + "ff02::2\tip6-allrouters\n";

    /// <summary>Localhost, the lines that the user asked for, the lines of links, then one line for each address of the sandbox, in the
    /// order of connection, IPv4 first.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="endpoints">Its endpoints.</param>
    /// <param name="gateways">What stands for the host in lines of the user's.</param>
    /// <param name="ipv6">Whether the host has IPv6.</param>
    /// <param name="links">The lines of its links.</param>
    public static string For(
        Sandbox sandbox, IReadOnlyList<Endpoint> endpoints, IReadOnlyList<IPAddress> gateways, bool ipv6, IEnumerable<string> links)
    {
        var text = new StringBuilder(IPv4Lines);
        if (ipv6)
        {
            text.Append(IPv6Lines);
        }

        foreach (HostEntry entry in sandbox.ExtraHosts ?? [])
        {
            foreach (IPAddress address in entry.Address is { } one ? [one] : gateways)
            {
                text.Append(address).Append('\t').Append(entry.Name).Append('\n');
            }
        }

        foreach (string line in links)
        {
            text.Append(line).Append('\n');
        }

        foreach (Endpoint endpoint in endpoints)
        {
            foreach (InterfaceAddress address in endpoint.Addresses)
            {
                text.Append(address.Address).Append('\t').Append(Names(sandbox.HostName)).Append('\n');
            }
        }

        return text.ToString();
    }

    // A host name with dots, such as "web.example.org", is followed by its first label: "web".
    private static string Names(string hostName) =>
        hostName.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? $"{hostName} {hostName[..dot]}" : hostName;
}
