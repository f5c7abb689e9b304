using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Net.Cnm.Errors;
using Net.Cnm.Ports;

namespace Net.Tests.Unit.Cnm;

public sealed class PortSpecParserTests
{
    [Theory]
    [InlineData("80", null, null, 80, "tcp")]
    [InlineData("80/udp", null, null, 80, "udp")]
    [InlineData("80/UDP", null, null, 80, "udp")]
    [InlineData("8080:80", null, 8080, 80, "tcp")]
    [InlineData(":80", null, null, 80, "tcp")]
    [InlineData("::80", null, null, 80, "tcp")]
    [InlineData("127.0.0.1:8080:80", "127.0.0.1", 8080, 80, "tcp")]
    [InlineData("127.0.0.1::80", "127.0.0.1", null, 80, "tcp")]
    [InlineData("127.0.0.1:5000:5000/udp", "127.0.0.1", 5000, 5000, "udp")]
    [InlineData("[::1]:8080:80", "::1", 8080, 80, "tcp")]
    [InlineData("[2001:db8::1]::80/tcp", "2001:db8::1", null, 80, "tcp")]
    [InlineData("[::]:8080:80", "::", 8080, 80, "tcp")]
    [InlineData("2001:db8::1:8080:80", "2001:db8::1", 8080, 80, "tcp")]
    [InlineData("65535:1", null, 65535, 1, "tcp")]
    public void Every_form_of_one_port_is_read(string text, string? address, int? hostPort, int containerPort, string protocol)
    {
        PortSpec spec = Assert.Single(PortSpecParser.Parse(text));
        Assert.Equal(address is null ? null : IPAddress.Parse(address), spec.HostAddress);
        Assert.Equal((ushort?)hostPort, spec.HostPort);
        Assert.Equal(containerPort, spec.ContainerPort);
        Assert.Equal(protocol, spec.Protocol.ToWord());
    }

    [Fact]
    public void A_range_gives_one_spec_a_port_in_order()
    {
        IReadOnlyList<PortSpec> specs = PortSpecParser.Parse("127.0.0.1:8000-8010:80-90/udp");
        Assert.Equal(Enumerable.Range(8000, 11), specs.Select(s => (int)s.HostPort!));
        Assert.Equal(Enumerable.Range(80, 11), specs.Select(s => (int)s.ContainerPort));
        Assert.All(specs, s => Assert.Equal((IPAddress.Loopback, PortProtocol.Udp), (s.HostAddress, s.Protocol)));
    }

    [Fact]
    public void A_range_of_container_ports_alone_leaves_every_host_port_open()
    {
        IReadOnlyList<PortSpec> specs = PortSpecParser.Parse("90-92");
        Assert.Equal([90, 91, 92], specs.Select(s => (int)s.ContainerPort));
        Assert.All(specs, s => Assert.Null(s.HostPort));
    }

    [Theory]
    [InlineData("", "no port specified: <empty>")]
    [InlineData("8080:", "no port specified: 8080:<empty>")]
    [InlineData("0", "invalid containerPort: 0")]
    [InlineData("8080:0", "invalid containerPort: 0")]
    [InlineData("8080:70000", "invalid containerPort: 70000")]
    [InlineData("8080:web", "invalid containerPort: web")]
    [InlineData("8080:-1", "invalid containerPort: -1")]
    [InlineData("8080:+80", "invalid containerPort: +80")]
    [InlineData("90-80", "invalid containerPort: 90-80")]
    [InlineData("0:80", "invalid hostPort: 0")]
    [InlineData("70000:80", "invalid hostPort: 70000")]
    [InlineData("80-:80", "invalid hostPort: 80-")]
    [InlineData("80:80-81", "invalid ranges specified for container and host Ports: 80-81 and 80")]
    [InlineData("80-81:80", "invalid ranges specified for container and host Ports: 80 and 80-81")]
    [InlineData("80-81:80-82", "invalid ranges specified for container and host Ports: 80-82 and 80-81")]
    [InlineData("80/icmp", "invalid proto: icmp")]
    [InlineData("80/tcp/udp", "invalid proto: tcp/udp")]
    [InlineData("localhost:8080:80", "invalid IP address: localhost")]
    [InlineData("256.0.0.1:8080:80", "invalid IP address: 256.0.0.1")]
    [InlineData("127.1:8080:80", "invalid IP address: 127.1")]
    [InlineData("[127.0.0.1]:8080:80", "invalid IP address: [127.0.0.1]")]
    [InlineData("[::1:8080:80", "invalid IP address: [::1")]
    public void A_mistake_is_told_in_Dockers_words_with_the_whole_text_and_what_is_allowed(string text, string start)
    {
        CnmException error = Assert.Throws<CnmException>(() => PortSpecParser.Parse(text));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.StartsWith($"{start} (in \"{text}\"); ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sctp_is_refused_with_the_protocols_there_are()
    {
        CnmException error = Assert.Throws<CnmException>(() => PortSpecParser.Parse("80:80/sctp"));
        Assert.Equal("invalid proto: sctp (in \"80:80/sctp\"); only tcp and udp ports can be published here", error.Message);
    }

    [Fact]
    public void No_text_makes_it_throw_anything_but_its_own_error() =>
        Prop.ForAll(
            Gen.Elements('0', '1', '8', '9', ':', '-', '/', '[', ']', '.', 't', 'c', 'p', 'u', 'd', ' ', '%').ListOf().Select(c => new string([.. c])).ToArbitrary(),
            text =>
            {
                try
                {
                    return PortSpecParser.Parse(text).Count > 0;
                }
                catch (CnmException e)
                {
                    return e.Kind == CnmErrorKind.InvalidParameter;
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
