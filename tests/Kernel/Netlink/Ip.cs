using System.Text.Json;

using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

/// <summary>What ip(8) sees.</summary>
internal static class Ip
{
    internal static JsonElement Link(string name) => Command.Json($"ip -j -d link show {name}")[0];
}
