using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads <c>ports</c> and <c>expose</c>, short and long, into the form of <c>-p</c>:
/// <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>.</summary>
internal static class PortReading
{
    /// <summary>The published ports of a service, each once.</summary>
    public static IReadOnlyList<string> Published(Fields service)
    {
        string path = service.PathOf("ports");
        return service.Take("ports") switch
        {
            null => [],
            Sequence sequence => [.. sequence.Items.Select(item => Checked(item, path)).Distinct(StringComparer.Ordinal)],
            { } node => throw new FileFaultException(
                node.Place, $"{path} is {node.Kind}, and takes a list of ports, such as - \"8080:80\""),
        };
    }

    /// <summary>The ports that a service serves for other services.</summary>
    public static IReadOnlyList<string> Exposed(Fields service) => [.. service.Texts("expose").Select(text =>
        ComposePort.Parse(text, out _) is { HostPorts: null, Address: null }
            ? text
            : throw service.Fault("expose", $"\"{text}\" is no port: give ports from 1 to 65535, such as 80 or 53/udp"))];

    // The daemon reads ports itself; what it would refuse should be said before anything is made, with the line.
    private static string Checked(Node item, string path)
    {
        string text = item is Scalar scalar ? scalar.Text : OfLongForm(new Fields(item, path));
        return ComposePort.Parse(text, out string problem) is null
            ? throw new FileFaultException(item.Place, $"{path}: \"{text}\" {problem}")
            : text.Replace("/tcp", "", StringComparison.Ordinal);
    }

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
}
