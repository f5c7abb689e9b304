using System.Net;
using System.Net.Sockets;
using Net.Cnm.Identifiers;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Controller;

/// <summary>Asks a name source as the DNS server does, in words that are easy to compare.</summary>
internal static class NameQuestions
{
    /// <summary>The addresses with spaces between, in order; "" when the name is known and has none; "NXDOMAIN" when there is no such name in a domain of ours; null when it is not ours.</summary>
    public static string? Ask(this INameSource source, string name, AddressFamily family = AddressFamily.InterNetwork)
    {
        List<IPAddress> addresses = [];
        return source.Lookup(DnsName.Parse(name), family, addresses) switch
        {
            NameLookup.Known => string.Join(' ', addresses.Select(a => a.ToString()).Order(StringComparer.Ordinal)),
            NameLookup.Missing => "NXDOMAIN",
            _ => null,
        };
    }

    /// <summary>The same for a container by its name.</summary>
    public static string? Ask(
        this ControllerUnderTest test, string client, string name, AddressFamily family = AddressFamily.InterNetwork) =>
        test.Views.NamesOf(test.IdOf(client)).Ask(name, family);

    /// <summary>The names of an address with spaces between; null when it is not ours.</summary>
    public static string? AskPointer(this ControllerUnderTest test, string client, string address)
    {
        List<DnsName> names = [];
        return test.Views.NamesOf(test.IdOf(client)).TryLookupPointer(ReverseName.FromAddress(IPAddress.Parse(address)), names)
            ? string.Join(' ', names)
            : null;
    }

    /// <summary>A container's address on a network.</summary>
    public static string AddressOf(this ControllerUnderTest test, string sandbox, string network, bool ipv6 = false)
    {
        NetworkId id = test.Controller.FindNetwork(network).Id;
        Net.Cnm.Endpoints.Endpoint endpoint = test.Controller.EndpointsOf(test.IdOf(sandbox)).Single(e => e.Network == id);
        return $"{(ipv6 ? endpoint.IPv6 : endpoint.IPv4)!.Address}";
    }

    public static SandboxId IdOf(this ControllerUnderTest test, string sandbox) => test.Controller.FindSandbox(sandbox).Id;
}
