using System.Net;
using System.Text.Json.Nodes;

namespace Net.Tests.TestPlugin;

/// <summary>The pools of the plug-in's IPAM driver: those that are asked for, or 10.99.0.0/24 and the ones after it.</summary>
internal sealed class Pools(JsonObject state)
{
    /// <summary>Answers a request to the IPAM driver.</summary>
    public JsonObject Answer(string method, JsonObject request)
    {
        JsonObject pools = (state["pools"] ??= new JsonObject()).AsObject();
        string pool = (string?)request["PoolID"] ?? "";
        string address = (string?)request["Address"] ?? "";
        switch (method)
        {
            case "GetCapabilities":
                return new JsonObject { ["RequiresRequestReplay"] = (bool?)state["replay"] ?? false };
            case "GetDefaultAddressSpaces":
                return new JsonObject { ["LocalDefaultAddressSpace"] = "here", ["GlobalDefaultAddressSpace"] = "everywhere" };
            case "RequestPool":
                string subnet = (string?)request["Pool"] is { Length: > 0 } given
                    ? given
                    : Enumerable.Range(0, 256).Select(i => $"10.99.{i}.0/24").First(free => !pools.ContainsKey($"pool-{free}"));
                pools.TryAdd($"pool-{subnet}", new JsonObject());
                return new JsonObject { ["PoolID"] = $"pool-{subnet}", ["Pool"] = subnet };
            case "ReleasePool":
                pools.Remove(pool);
                return [];
            case "RequestAddress":
                JsonObject taken = Of(pools, pool);
                var network = IPNetwork.Parse(pool["pool-".Length..]);
                string chosen = address.Length > 0 ? address : Addresses(network).First(free => !taken.ContainsKey(free));
                return taken.TryAdd(chosen, true)
                    ? new JsonObject { ["Address"] = $"{chosen}/{network.PrefixLength}" }
                    : throw new InvalidOperationException($"address {chosen} is taken");
            case "ReleaseAddress":
                Of(pools, pool).Remove(address);
                return [];
            default:
                throw new InvalidOperationException($"no method {method}");
        }
    }

    private static JsonObject Of(JsonObject pools, string pool) =>
        pools[pool]?.AsObject() ?? throw new InvalidOperationException($"pool {pool} is not known here");

    private static IEnumerable<string> Addresses(IPNetwork network)
    {
        byte[] first = network.BaseAddress.GetAddressBytes();
        return Enumerable.Range(1, 200).Select(number =>
        {
            byte[] bytes = [.. first];
            bytes[^1] += (byte)number;
            return new IPAddress(bytes).ToString();
        });
    }
}
