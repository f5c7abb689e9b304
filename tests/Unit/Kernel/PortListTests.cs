using Net.Kernel.Hosts;

namespace Net.Tests.Unit.Kernel;

public sealed class PortListTests
{
    [Fact]
    public void Single_ports_and_ranges_are_read() =>
        Assert.Equal([8080, 9148, 9149, 65535], HostFactsReader.Ports("8080,9148-9149,65535").Select(port => (int)port));

    [Fact]
    public void Nothing_is_an_empty_list() => Assert.Empty(HostFactsReader.Ports(""));
}
