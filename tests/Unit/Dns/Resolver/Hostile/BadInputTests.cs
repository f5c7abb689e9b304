using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Dns.Resolver.Hostile;

public sealed class BadInputTests
{
    private const ushort Marker = 0x4711;

    [Fact]
    public async Task Over_udp_each_gets_what_is_due_and_costs_nobody_anything()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using Socket socket = server.Udp();
        foreach ((string what, byte[] message, DnsResponseCode? due) in BadInput.All)
        {
            await socket.SendAsync(message);
            await socket.SendAsync(Queries.Of("web", id: Marker));
            if (due is not null)
            {
                AssertDue(what, due.Value, await ServerUnderTest.ReceiveAsync(socket), message);
            }

            var next = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(socket));
            Assert.True((Marker, 2) == (next.Header.Id, next.Answers.Count), $"after {what}: {next}");
        }

        AssertCounted(server);
    }

    [Fact]
    public async Task Over_tcp_each_gets_what_is_due_and_the_connection_goes_on()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();
        foreach ((string what, byte[] message, DnsResponseCode? due) in BadInput.All)
        {
            await stream.WriteAsync((byte[])[.. ServerUnderTest.Framed(message), .. ServerUnderTest.Framed(Queries.Of("web", id: Marker))]);
            if (due is not null)
            {
                AssertDue(what, due.Value, (await ServerUnderTest.ReceiveAsync(stream))!, message);
            }

            var next = DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream));
            Assert.True((Marker, 2) == (next.Header.Id, next.Answers.Count), $"after {what}: {next}");
        }

        AssertCounted(server);
    }

    [Fact]
    public async Task The_longest_message_there_is_gets_an_answer_over_tcp()
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);
        using NetworkStream stream = server.Tcp();

        // Padding (RFC 7830) to 65535 bytes.
        byte[] options = new byte[65535 - 21 - Edns.MinimumSize];
        (options[1], options[2], options[3]) = (12, (byte)((options.Length - 4) >> 8), (byte)(options.Length - 4));
        byte[] whole = new byte[65535];
        var writer = new DnsMessageWriter(whole);
        writer.TryAddQuestion(new DnsQuestion(DnsName.Parse("web"), DnsRecordType.A));
        Assert.True(writer.TryAddEdns(new Edns(1232, Options: options)));
        Assert.Equal(65535, writer.Finish(0x1234, DnsFlags.RecursionDesired));

        await stream.WriteAsync(ServerUnderTest.Framed(whole));
        Assert.Equal(2, DnsMessage.Parse(await ServerUnderTest.ReceiveAsync(stream)).Answers.Count);
    }

    [Theory]
    [InlineData(4096, DnsResponseCode.NoError)]
    [InlineData(4097, DnsResponseCode.FormatError)]
    public async Task A_datagram_that_is_longer_than_the_room_is_malformed_also_when_what_fits_is_a_query(int length, DnsResponseCode due)
    {
        await using var server = new ServerUnderTest(UpstreamPolicy.Forbidden);

        // The first 4096 bytes are a query: 21 of header and question, 11 of OPT, and padding (RFC 7830).
        byte[] message = new byte[length];
        Samples.Message("0377656200" + "00010001" + "00" + "0029" + "0200" + "00000000" + "0fe0" + "000c" + "0fdc", additional: 1)
            .CopyTo(message, 0);
        byte[] answer = await server.AskAsync(message);
        Assert.Equal((int)due, answer[3] & 0xf);
        Assert.Equal(due == DnsResponseCode.NoError ? 2 : 0, answer[7]);
        Assert.Equal(due == DnsResponseCode.NoError ? 0 : 1, server.Statistics.Rejected);
    }

    private static void AssertDue(string what, DnsResponseCode due, byte[] response, byte[] message)
    {
        var answer = DnsMessage.Parse(response);
        int high = answer.Additional is [{ Type: DnsRecordType.Opt } opt] ? (int)(opt.Ttl >> 24) << 4 : 0;
        Assert.True(
            (0x1234, true, due) == (answer.Header.Id, answer.Header.IsResponse, (DnsResponseCode)(high | (int)answer.Header.ResponseCode)),
            $"{what}: {answer}");

        // What is refused must not be worth sending with somebody else's address.
        Assert.True(
            answer.Answers.Count > 0 || response.Length <= Math.Max(message.Length, DnsHeader.Size),
            $"{what}: {response.Length} bytes for {message.Length}");
    }

    private static void AssertCounted(ServerUnderTest server)
    {
        var all = BadInput.All.ToList();
        DnsStatistics statistics = server.Statistics;
        Assert.Equal(2 * all.Count, statistics.Queries);
        Assert.Equal(all.Count(static one => one.Due is null), statistics.Dropped);
        Assert.Equal(
            all.Count(static one => one.Due is not (null or DnsResponseCode.NoError or DnsResponseCode.NameError)), statistics.Rejected);
        Assert.Equal(0, statistics.SocketErrors + statistics.NameSourceErrors);
        Assert.Empty(server.Faults);
    }
}
