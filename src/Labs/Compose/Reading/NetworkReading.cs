using Net.Api.Networks;
using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads one entry of <c>networks</c>.</summary>
internal static class NetworkReading
{
    /// <summary>Reads a network.</summary>
    /// <param name="key">Its name in the file.</param>
    /// <param name="node">Its fields.</param>
    /// <param name="project">The project's name.</param>
    public static ComposeNetwork Read(Scalar key, Node node, string project)
    {
        var fields = new Fields(node, $"networks.{key.Text}");
        (bool isExternal, string? externalName) = ExternalOf(fields);
        string? name = fields.Text("name") ?? externalName;
        var request = new NetworkCreateRequest
        {
            Name = name ?? (isExternal ? key.Text : $"{project}_{key.Text}"),
            Driver = fields.Text("driver"),
            Options = fields.Dictionary("driver_opts"),
            IPAM = IpamOf(fields.Child("ipam")),
            Internal = fields.Switch("internal") ?? false,
            Attachable = fields.Switch("attachable") ?? false,
            EnableIPv4 = fields.Switch("enable_ipv4"),
            EnableIPv6 = fields.Switch("enable_ipv6"),
            Labels = fields.Dictionary("labels"),
        };
        fields.Finish("a network");
        return new ComposeNetwork(key.Text, key.Place, isExternal, request);
    }

    // "external" is a truth value; in files of version 2 it may be a mapping with the name.
    private static (bool IsExternal, string? Name) ExternalOf(Fields fields)
    {
        if (fields.Take("external") is not Mapping)
        {
            return (fields.Switch("external") ?? false, null);
        }

        Fields external = fields.Child("external");
        string? name = external.Text("name");
        external.Finish("external");
        return (true, name);
    }

    private static NetworkIpam? IpamOf(Fields fields)
    {
        NetworkIpamPool[] pools = [.. fields.List("config").Select(PoolOf)];
        string? driver = fields.Text("driver");
        IReadOnlyDictionary<string, string>? options = fields.Dictionary("options");
        fields.Finish("ipam");
        return driver is null && options is null && pools.Length == 0
            ? null
            : new NetworkIpam { Driver = driver, Options = options, Config = pools };
    }

    private static NetworkIpamPool PoolOf(Fields fields)
    {
        var pool = new NetworkIpamPool
        {
            Subnet = fields.Subnet("subnet"),
            IPRange = fields.Subnet("ip_range"),
            Gateway = fields.Address("gateway"),
            AuxiliaryAddresses = fields.Dictionary("aux_addresses"),
        };
        fields.Finish("an address pool");
        return pool;
    }
}
