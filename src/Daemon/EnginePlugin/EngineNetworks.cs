using System.Text.Json;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Requests;

namespace Net.Daemon.EnginePlugin;

/// <summary>Reads what Docker Engine says of a network that is to be made.</summary>
internal static class EngineNetworks
{
    private const string Generic = "com.docker.network.generic";
    private const string InternalOption = "com.docker.network.internal";

    /// <summary>The option of ours that says which driver makes the network; bridge when it is not given.</summary>
    private const string DriverOption = "driver";

    /// <summary>The option of ours that says who publishes ports: netctl, or the Engine by its network docker_gwbridge.</summary>
    private const string PortsOption = "netctl.ports";

    private static readonly string[] Drivers = ["bridge", "macvlan", "ipvlan"];

    /// <summary>Reads the request.</summary>
    /// <exception cref="CnmException">InvalidParameter: an id, a subnet or an option is none.</exception>
    public static ForeignNetworkRequest Read(NetworkMessage message) => Read(message, EngineIds.Network(message.NetworkID));

    /// <summary>Reads the request about a network that is not made yet: it has neither an id nor subnets.</summary>
    /// <exception cref="CnmException">InvalidParameter: an option is none.</exception>
    public static ForeignNetworkRequest ReadUnmade(NetworkMessage message) => Read(message, NetworkId.New());

    private static ForeignNetworkRequest Read(NetworkMessage message, NetworkId id)
    {
        Dictionary<string, string> options = UserOptions(message.Options);
        string driver = Take(options, DriverOption, "bridge", Drivers);
        string ports = Take(options, PortsOption, "netctl", ["netctl", "engine"]);
        return new ForeignNetworkRequest
        {
            Id = id,
            Driver = driver,
            Internal = IsInternal(message.Options?.GetValueOrDefault(InternalOption) ?? default),
            Subnets = [.. (message.IPv4Data ?? []).Concat(message.IPv6Data ?? []).Where(IsSubnet).Select(Subnet)],
            Options = options,
            Decisions = new ForeignNetwork { IsWithoutWayOut = ports == "engine" },
        };
    }

    private static bool IsInternal(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined => false,
        _ => throw Invalid($"{InternalOption} is neither true nor false"),
    };

    // The IPAM driver "null" gives 0.0.0.0/0, which stands for no subnet.
    private static bool IsSubnet(SubnetMessage subnet) => subnet.Pool is not (null or "" or "0.0.0.0/0" or "::/0");

    private static SubnetRequest Subnet(SubnetMessage subnet) => SubnetRequest.Parse(
        subnet.Pool,
        range: null,
        WithoutLength(subnet.Gateway),
        subnet.AuxAddresses?.ToDictionary(pair => pair.Key, pair => WithoutLength(pair.Value) ?? ""));

    private static string? WithoutLength(string? address) => address?.Split('/')[0];

    private static Dictionary<string, string> UserOptions(Dictionary<string, JsonElement>? options)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonElement generic = options?.GetValueOrDefault(Generic) ?? default;
        if (generic.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return given;
        }

        if (generic.ValueKind != JsonValueKind.Object)
        {
            throw Invalid($"{Generic} is not an object of options");
        }

        foreach (JsonProperty option in generic.EnumerateObject())
        {
            given[option.Name] = option.Value.ValueKind == JsonValueKind.String
                ? option.Value.GetString()!
                : throw Invalid($"option {option.Name} of {Generic} is not a text");
        }

        return given;
    }

    private static string Take(Dictionary<string, string> options, string name, string usual, string[] known) =>
        !options.Remove(name, out string? value) ? usual
        : known.Contains(value, StringComparer.Ordinal) ? value
        : throw Invalid($"option {name}: \"{value}\" is none of {string.Join(", ", known)}");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
