using System.Net;

using Net.Linux;

namespace Net.Tests.Unit.Linux;

public sealed class PortTableTests
{
    private const string Heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    [Fact]
    public void Listening_sockets_of_both_families_are_read()
    {
        PortTableEntry v4 = Assert.Single(PortTable.Parse(
            [
                Heading,
                "   0: 0100007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 " +
                "0 0 10 0",
            ],
            true));
        Assert.Equal(new PortTableEntry(IPAddress.Loopback, 53, 12345), v4);

        PortTableEntry v6 = Assert.Single(PortTable.Parse(
            [
                "   0: B80D0120000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 " +
                "00000000     0        0 77 1",
            ],
            true));
        Assert.Equal(new PortTableEntry(IPAddress.Parse("2001:db8::1"), 8080, 77), v6);
    }

    [Fact]
    public void Connections_and_nonsense_are_passed_over() => Assert.Empty(PortTable.Parse(
        [
            Heading,
            "",
            "   0: 0100007F:0035 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 12345 1",
            "   0: 01ZZ007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1",
            "   0: 01007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1",
        ],
        true));
}
