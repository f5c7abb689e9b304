using System.Net;
using System.Text.RegularExpressions;
using Net.Labs.Lessons.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Lessons.Reading;

/// <summary>Reads the hosts of a lab and the links between them.</summary>
internal static partial class HostReading
{
    private const int LongestInterfaceName = 15; // IFNAMSIZ - 1, include/uapi/linux/if.h
    private const int LeastMtu = 68; // RFC 791, 3.2
    private const int MostMtu = 65_535;

    /// <summary>The names of the hosts, which are known before the hosts are read.</summary>
    public static IReadOnlyList<string> Names(Fields lab)
    {
        string[] names = [.. lab.Children("hosts").Select(entry => entry.Name.Text)];
        return names.Length > 0 ? names : throw lab.Missing("a lab", "there is no host: give at least one, NAME: {}", "hosts");
    }

    /// <summary>Reads a host.</summary>
    public static LabHost Read(Scalar name, Node value, CommandReading commands)
    {
        if (!HostName().IsMatch(name.Text))
        {
            throw new FileFaultException(
                name.Place,
                $"\"{name.Text}\" is no name of a host: it has at most 30 lower-case letters, digits and dashes, a letter first");
        }

        var fields = new Fields(value, $"x-netlab.hosts.{name.Text}");
        var host = new LabHost
        {
            Name = name.Text,
            Place = name.Place,
            DaemonOptions = DaemonOf(fields),
            Routes = [.. fields.Pairs("routes").Select(route => RouteOf(fields, route))],
            Sysctls = SysctlsOf(fields),
            Setup = commands.Read(fields, "setup", name.Text, TimeSpan.Zero),
        };
        fields.Finish("a host");
        return host;
    }

    /// <summary>Reads a link.</summary>
    public static LabLink Read(Scalar name, Node value, IReadOnlyCollection<string> hosts, CommandReading commands)
    {
        if (name.Text.Length > LongestInterfaceName || !InterfaceName().IsMatch(name.Text) || name.Text == "lo")
        {
            throw new FileFaultException(
                name.Place,
                $"\"{name.Text}\" is no name of a link: it is an interface's, with at most {LongestInterfaceName} letters and digits");
        }

        var fields = new Fields(value, $"x-netlab.links.{name.Text}");
        int? mtu = fields.Number("mtu", LeastMtu);
        if (mtu > MostMtu)
        {
            throw fields.Fault("mtu", $"{mtu} is more than {MostMtu}, the largest packet of IP");
        }

        Fields ends = fields.Child("hosts");
        LabLinkEnd[] all = [.. hosts.Where(ends.Has).Select(host => new LabLinkEnd(host, AddressesOf(ends, host), ends.PlaceOf(host)))];
        if (fields.Children("hosts").FirstOrDefault(end => !hosts.Contains(end.Name.Text)) is { Name: { } unknown })
        {
            throw commands.Unknown(ends, unknown.Text, unknown.Text);
        }

        fields.Finish("a link");
        return all.Length > 0 ? new LabLink(name.Text, name.Place, mtu, all)
            : throw fields.Missing("a link", "the link joins nobody: give hosts with their addresses", "hosts");
    }

    // "daemon: false" is a host without one; options are a list.
    private static IReadOnlyList<string>? DaemonOf(Fields fields) => fields.Take("daemon") switch
    {
        null => [],
        Sequence => fields.Texts("daemon"),
        _ => fields.Switch("daemon") == true ? [] : null,
    };

    // The others are the machine's, and would outlive the lab.
    private static IReadOnlyDictionary<string, string> SysctlsOf(Fields fields)
    {
        IReadOnlyDictionary<string, string> all = fields.Dictionary("sysctls") ?? new Dictionary<string, string>();
        return all.Keys.FirstOrDefault(name => !name.StartsWith("net.", StringComparison.Ordinal)) is { } other
            ? throw fields.Fault("sysctls", $"\"{other}\" is the machine's and not a host's: give settings that begin with net.")
            : all;
    }

    private static KeyValuePair<string, string> RouteOf(Fields fields, KeyValuePair<string, string?> route) =>
        IPAddress.TryParse(route.Value, out _)
            ? KeyValuePair.Create(route.Key, route.Value!)
            : throw fields.Fault("routes", $"\"{route.Value}\" is no address: give DESTINATION: ADDRESS, such as default: 192.0.2.254");

    private static IReadOnlyList<string> AddressesOf(Fields ends, string host)
    {
        IReadOnlyList<string> addresses = ends.Texts(host);
        return addresses.FirstOrDefault(address => !Fields.IsCidr(address)) is { } wrong
            ? throw ends.Fault(host, $"\"{wrong}\" is no address with a prefix length: give one such as 192.0.2.1/24")
            : addresses;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,29}$", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();

    [GeneratedRegex("^[a-z][a-z0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex InterfaceName();
}
