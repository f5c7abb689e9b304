using System.Globalization;
using System.Text.RegularExpressions;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads <c>ports</c> and <c>expose</c>, short and long, into the form of <c>-p</c>:
/// <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>.</summary>
internal static partial class PortReading
{
    /// <summary>The published ports of a service.</summary>
    public static IReadOnlyList<string> Published(Fields service)
    {
        string path = service.PathOf("ports");
        return service.Take("ports") switch
        {
            null => [],
            Sequence sequence => [.. sequence.Items.Select(item => (item switch
            {
                Scalar scalar => Checked(scalar.Text, PublishedPort(), item.Place, path, "8080:80 or 127.0.0.1:5353:53/udp"),
                _ => Checked(
                    OfLongForm(new Fields(item, path)), PublishedPort(), item.Place, path, "target: 80 and published: \"8080\""),
            }).Replace("/tcp", "", StringComparison.Ordinal)).Distinct()],
            { } node => throw new FileFaultException(
                node.Place, $"{path} is {node.Kind}, and takes a list of ports, such as - \"8080:80\""),
        };
    }

    /// <summary>The ports that a service serves for other services.</summary>
    public static IReadOnlyList<string> Exposed(Fields service)
    {
        string path = service.PathOf("expose");
        return [.. service.Texts("expose").Select(port => Checked(port, ExposedPort(), service.PlaceOf("expose"), path, "80 or 53/udp"))];
    }

    /// <summary>The host ports that a published port names: the address, empty for all of them, the first and the last port, and the
    /// protocol; null when the host port is picked.</summary>
    public static (string Address, int First, int Last, string Protocol)? HostPortsOf(string published)
    {
        Match match = PublishedPort().Match(published);
        if (match.Groups["host"] is not { Success: true } host)
        {
            return null;
        }

        int[] ends = [.. host.Value.Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        string protocol = match.Groups["protocol"].Value;
        string address = match.Groups["address"].Value.Trim('[', ']');
        return (address is "0.0.0.0" or "::" ? "" : address, ends[0], ends[^1], protocol.Length > 0 ? protocol : "tcp");
    }

    // The daemon reads ports itself; what it would refuse should be said before anything is made, with the line.
    private static string Checked(string port, Regex form, Place place, string path, string example) =>
        form.Match(port) is { Success: true } match && match.Groups["number"].Captures.All(number => IsPort(number.ValueSpan))
            ? port
            : throw new FileFaultException(place, $"{path}: \"{port}\" is no port: give ports from 1 to 65535, such as {example}");

    private static bool IsPort(ReadOnlySpan<char> text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0;

    // IPv6 addresses need their brackets, which the long form leaves out.
    private static string OfLongForm(Fields fields)
    {
        string target = fields.Text("target")
            ?? throw new FileFaultException(fields.Place, $"{fields.Path} has no target: give the container's port, such as target: 80");
        string? published = fields.Text("published");
        string? address = fields.Text("host_ip");
        string protocol = fields.Text("protocol") is { } name ? "/" + name : "";
        string? mode = fields.Text("mode");
        if (mode is not (null or "host" or "ingress"))
        {
            throw fields.Fault("mode", $"\"{mode}\" is no mode of a port: it takes host or ingress");
        }

        fields.Text("name");
        fields.Text("app_protocol");
        fields.Finish("a port");
        string host = address is null ? ""
            : address.Contains(':', StringComparison.Ordinal) && !address.StartsWith('[') ? $"[{address}]:"
            : $"{address}:";
        return (address, published) switch
        {
            (null, null) => target + protocol,
            _ => $"{host}{published}:{target}{protocol}",
        };
    }

    [GeneratedRegex(
        @"^((?<address>\[[0-9a-fA-F:.%\w]+\]|[0-9]+([.][0-9]+){3}):)?((?<host>(?<number>[0-9]+)(-(?<number>[0-9]+))?):|:)?"
            + @"(?<number>[0-9]+)(-(?<number>[0-9]+))?(/(?<protocol>tcp|udp|sctp))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex PublishedPort();

    [GeneratedRegex(@"^(?<number>[0-9]+)(-(?<number>[0-9]+))?(/(tcp|udp|sctp))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ExposedPort();
}
