using System.Net;
using Net.Dns.Files;

namespace Net.Tests.Unit.Dns.Files;

public sealed class ResolvConfTests
{
    [Fact]
    public void Everything_that_resolv_conf_can_say_is_read()
    {
        var file = ResolvConf.Parse(
            "# nameserver 192.0.2.1\n; search no\ndomain old.example\nnameserver\t192.0.2.53 trailing\r\n  nameserver 2001:db8::53\n"
            + "nameserver nonsense\nsearch a.example b.example\noptions rotate  timeout:1\noptions ndots:2\nsortlist " +
                "192.0.2.0\nnameserver\n");

        var expected = new ResolvConf
        {
            NameServers = [IPAddress.Parse("192.0.2.53"), IPAddress.Parse("2001:db8::53")],
            Search = ["a.example", "b.example"],
            Options = ["rotate", "timeout:1", "ndots:2"],
        };
        Assert.Equal(expected, file);
        Assert.True(file.SetsNdots);
    }

    [Theory]
    [InlineData("search a\ndomain b c\n", "b")]
    [InlineData("domain b\nsearch a\n", "a")]
    [InlineData("search .\n", "")]
    public void The_last_of_search_and_domain_counts(string text, string search) =>
        Assert.Equal(search, string.Join(' ', ResolvConf.Parse(text).Search));

    [Fact]
    public void What_is_written_reads_back()
    {
        const string text = "nameserver 127.0.0.11\nsearch a.example b.example\noptions rotate ndots:0\n";
        Assert.Equal(text, ResolvConf.Parse(text).Format());
    }

    [Fact]
    public void A_file_that_says_nothing_is_empty() => Assert.Equal("", ResolvConf.Parse("\n\n#\n \n").Format());
}
