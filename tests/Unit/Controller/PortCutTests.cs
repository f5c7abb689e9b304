using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Controller.Operations;

namespace Net.Tests.Unit.Controller;

/// <summary>What <c>unpublish</c> leaves of what was asked for.</summary>
public sealed class PortCutTests
{
    [Theory]
    [InlineData("8080:80", "8080:80", "")]
    [InlineData("8080:80", "80", "")]
    [InlineData("8080:80 8081:80", "80", "")]
    [InlineData("8080:80 8081:80", "8080:80", "8081:80/tcp")]
    [InlineData("8080:80 8080:80/udp", "8080:80/udp", "8080:80/tcp")]
    [InlineData("127.0.0.1:8080:80 192.0.2.1:8080:80", "127.0.0.1:8080:80", "192.0.2.1:8080:80/tcp")]
    [InlineData("127.0.0.1:8080:80 192.0.2.1:8080:80", "8080:80", "")]
    [InlineData("[::1]:8080:80 8081:80", "[::1]::80", "8081:80/tcp")]
    [InlineData("8000+11:80", "8005:85", "8000+5:80/tcp 8006+5:86/tcp")]
    [InlineData("8000+11:80", "8000:80", "8001+10:81/tcp")]
    [InlineData("8000+11:80", "+3:88", "8000+8:80/tcp")]
    [InlineData("8000+11:80", "8000+11:80", "")]
    [InlineData("8000+2:80 9000+2:80", "81", "8000:80/tcp 9000:80/tcp")]
    [InlineData("+11:80", "32773:85", "+5:80/tcp +5:86/tcp")]
    [InlineData("80 8080:80", "8080:80", "80/tcp")]
    [InlineData("80 8080:80", "32768:80", "8080:80/tcp")]
    public void What_goes_goes_and_the_rest_keeps_its_numbers(string specs, string gone, string left) =>
        Assert.Equal(Specs(left), PortCut.Remove(Specs(specs), Specs(gone)[0], Chosen, "web"));

    [Theory]
    [InlineData("8080:80", "81", "81/tcp")]
    [InlineData("8080:80", "8081:80", "8081:80/tcp")]
    [InlineData("8080:80", "80/udp", "80/udp")]
    [InlineData("8080:80", "127.0.0.1:8080:80", "127.0.0.1:8080:80/tcp")]
    [InlineData("8000+11:80", "8008+6:88", "8011:91/tcp")]
    [InlineData("8000+11:80", "8001:80", "8001:80/tcp")]
    [InlineData("80", "40000:80", "40000:80/tcp")]
    public void What_is_not_published_is_named(string specs, string gone, string named)
    {
        CnmException error = Assert.Throws<CnmException>(() => PortCut.Remove(Specs(specs), Specs(gone)[0], Chosen, "web"));
        Assert.Equal(CnmErrorKind.NotFound, error.Kind);
        Assert.Equal($"container web has not published {named}; netctl port web shows what it has published", error.Message);
    }

    [Fact]
    public void A_host_range_to_pick_from_goes_by_its_own_words_or_by_the_port_that_was_picked()
    {
        PortSpec range = new() { HostPort = 32760, LastHostPort = 32780, ContainerPort = 80, Protocol = PortProtocol.Tcp };
        Assert.Empty(PortCut.Remove([range], range, Chosen, "web"));
        Assert.Empty(PortCut.Remove([range], Specs("32768:80")[0], Chosen, "web"));
        Assert.Throws<CnmException>(() => PortCut.Remove([range], Specs("32760:80")[0], Chosen, "web"));
    }

    [Fact]
    public void Mappings_are_split_alike_so_that_picked_numbers_are_known()
    {
        Assert.Equal(
            [(32768, 80, 5), (32774, 86, 5)],
            PortCut.Remove(Chosen, Specs("85")[0])
                .Select(m => (m.HostPort, m.ContainerPort, m.Count))
                .Select(m => ((int)m.HostPort, (int)m.ContainerPort, (int)m.Count)));
        Assert.Equal(Chosen, PortCut.Remove(Chosen, Specs("8085:85")[0]));
    }

    private static IReadOnlyList<PortMapping> Chosen =>
        [new PortMapping { HostAddress = IPAddress.Any, HostPort = 32768, ContainerPort = 80, Count = 11, Protocol = PortProtocol.Tcp }];

    // "8000+11:80": host ports 8000 to 8010 for container ports 80 to 90; "+11:80": picked ones.
    private static IReadOnlyList<PortSpec> Specs(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Spec)];

    private static PortSpec Spec(string text)
    {
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        if (plus < 0)
        {
            return PortSpecParser.Parse(text);
        }

        int colon = text.IndexOf(':', plus);
        PortSpec one = PortSpecParser.Parse((plus == 0 ? "" : text[..plus] + ":") + text[(colon + 1)..]);
        return one with { Count = ushort.Parse(text[(plus + 1)..colon]) };
    }
}
