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
    [InlineData("8080:80/SCTP", null, 8080, 80, "sctp")]
    [InlineData("0:80", null, null, 80, "tcp")]
    [InlineData("8080-8080:80-80", null, 8080, 80, "tcp")]
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
        PortSpec spec = PortSpecParser.Parse(text);
        Assert.Equal(address is null ? null : IPAddress.Parse(address), spec.HostAddress);
        Assert.Equal((ushort?)hostPort, spec.HostPort);
        Assert.Equal(containerPort, spec.ContainerPort);
        Assert.Equal(protocol, spec.Protocol.ToWord());
        Assert.Equal((1, null), ((int)spec.Count, (int?)spec.LastHostPort));
    }

    [Theory]
    [InlineData("127.0.0.1:8000-8010:80-90/udp", "127.0.0.1", 8000, null, 80, 11)]
    [InlineData("8000-8010:80", null, 8000, 8010, 80, 1)]
    [InlineData("[::1]:8000-8010:80", "::1", 8000, 8010, 80, 1)]
    [InlineData("90-92", null, null, null, 90, 3)]
    [InlineData("0:90-92", null, null, null, 90, 3)]
    [InlineData("192.0.2.1::90-92/sctp", "192.0.2.1", null, null, 90, 3)]
    [InlineData("1-65535:1-65535", null, 1, null, 1, 65535)]
    public void A_range_is_one_spec(string text, string? address, int? hostPort, int? lastHostPort, int containerPort, int count)
    {
        PortSpec spec = PortSpecParser.Parse(text);
        Assert.Equal(address is null ? null : IPAddress.Parse(address), spec.HostAddress);
        Assert.Equal(((ushort?)hostPort, (ushort?)lastHostPort), (spec.HostPort, spec.LastHostPort));
        Assert.Equal((containerPort, count), (spec.ContainerPort, spec.Count));
    }

    [Theory]
    [InlineData("80", "80/tcp")]
    [InlineData("8080:80", "8080:80/tcp")]
    [InlineData("127.0.0.1::80", "127.0.0.1::80/tcp")]
    [InlineData("2001:db8::1:8000-8010:80-90/udp", "[2001:db8::1]:8000-8010:80-90/udp")]
    [InlineData("8000-8010:80/sctp", "8000-8010:80/sctp")]
    public void A_spec_is_written_as_text_that_reads_as_the_same(string text, string written)
    {
        PortSpec spec = PortSpecParser.Parse(text);
        Assert.Equal(written, spec.ToString());
        Assert.Equal(spec, PortSpecParser.Parse(written));
    }

    [Theory]
    [InlineData("80", 80, 1, PortProtocol.Tcp)]
    [InlineData("3000-3005/udp", 3000, 6, PortProtocol.Udp)]
    [InlineData("9999/SCTP", 9999, 1, PortProtocol.Sctp)]
    public void What_is_exposed_is_a_containers_port_or_a_range(string text, int port, int count, PortProtocol protocol) =>
        Assert.Equal(new ExposedPort((ushort)port, protocol, (ushort)count), PortSpecParser.ParseExposed(text));

    [Theory]
    [InlineData("8080:80", "invalid port format for --expose: 8080:80")]
    [InlineData("", "invalid range format for --expose: ")]
    [InlineData("web", "invalid range format for --expose: web")]
    [InlineData("90-80/udp", "invalid range format for --expose: 90-80/udp")]
    [InlineData("0", "invalid range format for --expose: 0")]
    [InlineData("80/icmp", "invalid proto: icmp")]
    public void A_mistake_in_what_is_exposed_is_told_in_Dockers_words(string text, string start)
    {
        CnmException error = Assert.Throws<CnmException>(() => PortSpecParser.ParseExposed(text));
        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.StartsWith($"{start} (in \"{text}\"); ", error.Message, StringComparison.Ordinal);
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
    [InlineData("0-5:80", "invalid hostPort: 0-5")]
    [InlineData("1-70000", "invalid containerPort: 1-70000")]
    [InlineData("70000:80", "invalid hostPort: 70000")]
    [InlineData("80-:80", "invalid hostPort: 80-")]
    [InlineData("80:80-81", "invalid ranges specified for container and host Ports: 80-81 and 80")]
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
    public void No_text_makes_it_throw_anything_but_its_own_error() =>
        Prop.ForAll(
            Gen.Elements('0', '1', '8', '9', ':', '-', '/', '[', ']', '.', 't', 'c', 'p', 'u', 'd', ' ', '%')
                .ListOf()
                .Select(c => new string([.. c]))
                .ToArbitrary(),
            text =>
            {
                try
                {
                    PortSpec spec = PortSpecParser.Parse(text);
                    return PortSpecParser.Parse(spec.ToString()) == spec;
                }
                catch (CnmException e)
                {
                    return e.Kind == CnmErrorKind.InvalidParameter;
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
