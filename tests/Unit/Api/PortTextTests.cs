using Net.Api.Containers;
using Net.Api.Templates;

namespace Net.Tests.Unit.Api;

public sealed class PortTextTests
{
    [Fact]
    public void Consecutive_ports_stand_together_shifted_ones_too() => Assert.Equal(
        "0.0.0.0:53->53/udp, 0.0.0.0:8000-8010->80-90/tcp, [::]:8000-8010->80-90/tcp, 443/tcp",
        PortText.List(
            [.. Run("::", 8000, 80, 11), .. Run("0.0.0.0", 8000, 80, 11), .. Run(null, 0, 443, 1), .. Run("0.0.0.0", 53, 53, 1, "udp")]));

    [Fact]
    public void What_is_not_consecutive_on_both_sides_stands_apart()
    {
        Assert.Equal("0.0.0.0:80->80/tcp, 0.0.0.0:82->82/tcp", PortText.List([.. Run("0.0.0.0", 80, 80, 1), .. Run("0.0.0.0", 82, 82, 1)]));
        Assert.Equal(
            "0.0.0.0:9001->80/tcp, 0.0.0.0:9000->81/tcp", PortText.List([.. Run("0.0.0.0", 9001, 80, 1), .. Run("0.0.0.0", 9000, 81, 1)]));
        Assert.Equal(
            "0.0.0.0:80->80/tcp, 0.0.0.0:8080->80/tcp", PortText.List([.. Run("0.0.0.0", 8080, 80, 1), .. Run("0.0.0.0", 80, 80, 1)]));
    }

    [Fact]
    public void Exposed_ports_have_no_host_side() =>
        Assert.Equal("80-82/tcp, 80/udp", PortText.List([.. Run(null, 0, 80, 3), .. Run(null, 0, 80, 1, "udp")]));

    private static IEnumerable<PortSummary> Run(string? address, int host, int container, int count, string type = "tcp") =>
        Enumerable.Range(0, count).Select(i => new PortSummary
        {
            IP = address,
            PublicPort = (ushort)(address is null ? 0 : host + i),
            PrivatePort = (ushort)(container + i),
            Type = type,
        });
}
