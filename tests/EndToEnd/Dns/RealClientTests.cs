using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Dns;

/// <summary>The programs and libraries that people look names up with, inside a container, unchanged: each reads an answer by code of its
/// own.</summary>
public sealed class RealClientTests(NamesTown town) : IClassFixture<NamesTown>
{
    private const string Address = "10.7.0.2";
    private const string AddressV6 = "fd00:7::2";

    [KernelFact]
    public void Dig_finds_no_fault_by_udp_and_tcp_with_and_without_edns()
    {
        foreach (string[] how in (string[][])
            [
                ["+notcp"],
                ["+tcp"],
                ["+noedns"],
                ["+edns=0"],
                ["+bufsize=512"],
                ["+bufsize=4096"],
                ["+ignore"],
                ["+dnssec"],
                ["+cookie"],
                ["+nord"],
                ["+cdflag"],
                ["+padding=128"],
            ])
        {
            string output = string.Join('\n', town.Lines("app", ["dig", "+tries=1", "+time=5", .. how, "DB", "A"]));
            Assert.Contains("status: NOERROR", output, StringComparison.Ordinal);
            Assert.Contains($"DB.\t\t\t5\tIN\tA\t{Address}", output, StringComparison.Ordinal);
            Assert.Contains("SERVER: 127.0.0.11#53(127.0.0.11)", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Warning", output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("malformed", output, StringComparison.OrdinalIgnoreCase);
        }
    }

    [KernelFact]
    public void Dig_sees_the_status_that_is_due()
    {
        Assert.Contains("status: REFUSED", Dig("app", "version.bind", "TXT", "CH"), StringComparison.Ordinal);
        Assert.Contains("status: NOTIMP", Dig("app", "db", "+opcode=NOTIFY"), StringComparison.Ordinal);
        Assert.Contains("status: BADVERS", Dig("app", "db", "+edns=1", "+noednsnegotiation"), StringComparison.Ordinal);
        Assert.Contains("status: FORMERR", Dig("app", "db", "+header-only"), StringComparison.Ordinal);
        Assert.Contains("status: NXDOMAIN", Dig("shut", "www.example.org"), StringComparison.Ordinal);
        Assert.Contains("status: NXDOMAIN", Dig("shut", "db"), StringComparison.Ordinal); // of a network that it is not on
        Assert.Contains("status: NOERROR", Dig("app", "db", "TYPE65280"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Dig_is_told_of_what_no_server_is_asked_for()
    {
        // shut may ask nobody: what is not ours is NXDOMAIN there.
        string own = town.Lines("shut", "getent", "hosts", "shut")[0].Split(' ')[0];
        string reverse = string.Join('.', own.Split('.').Reverse()) + ".in-addr.arpa";
        Assert.Contains("status: NOERROR", Dig("shut", reverse, "TXT"), StringComparison.Ordinal);
        Assert.Equal(["127.0.0.1", "::1"], town.Lines("shut", "dig", "+short", "localhost", "A", "x.localhost", "AAAA"));

        // app may, and does not for these.
        Assert.Contains("status: NXDOMAIN", Dig("app", "x.invalid"), StringComparison.Ordinal);
        Assert.Contains("status: NOERROR", Dig("app", "2.0.7.10.in-addr.arpa", "MX"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Dig_asks_several_questions_on_one_connection() => Assert.Equal(
        [Address, AddressV6, "db.net7."], town.Lines("app", "dig", "+tcp", "+keepopen", "+short", "db", "A", "db", "AAAA", "-x", Address));

    [KernelFact]
    public void Getent_gets_both_families_which_glibc_asks_for_at_once()
    {
        string[] all = town.Lines("app", "getent", "ahosts", "db");
        Assert.Equal([Address, AddressV6], all.Select(static line => line.Split(' ')[0]).Distinct().Order());
        Assert.StartsWith($"{AddressV6} ", Assert.Single(town.Lines("app", "getent", "hosts", "db")), StringComparison.Ordinal);
        Assert.EndsWith(" db.net7", Assert.Single(town.Lines("app", "getent", "hosts", Address)), StringComparison.Ordinal);
        Assert.EndsWith(" db.net7", Assert.Single(town.Lines("app", "getent", "hosts", AddressV6)), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Getent_says_that_a_name_is_unknown()
    {
        Assert.Equal(2, town.Try("shut", "getent", "hosts", "www.example.org").ExitCode);
        Assert.Equal(2, town.Try("shut", "getent", "ahosts", "db").ExitCode);
        Assert.Equal(2, town.Try("shut", "getent", "hosts", Address).ExitCode);
    }

    [ProgramFact("/usr/bin/host")]
    public void Host_gets_addresses_and_names_and_asks_for_mail_in_vain()
    {
        Assert.Equal([$"db has address {Address}", $"db has IPv6 address {AddressV6}"], town.Lines("app", "host", "db"));
        Assert.Equal(["db.net7 has address 10.7.0.2"], town.Lines("app", "host", "-t", "A", "-T", "db.net7"));
        Assert.Equal(["2.0.7.10.in-addr.arpa domain name pointer db.net7."], town.Lines("app", "host", Address));
        Assert.Equal(["db has no MX record"], town.Lines("app", "host", "-t", "MX", "db"));
        Assert.Contains("not found: 3(NXDOMAIN)", town.Try("shut", "host", "www.example.org").StandardOutput, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Busybox_gets_both_families_and_says_what_it_does_not_find()
    {
        string found = string.Join('\n', town.Lines("app", "busybox", "nslookup", "db"));
        Assert.Contains("Server:\t\t127.0.0.11", found, StringComparison.Ordinal);
        Assert.Contains($"Address: {Address}", found, StringComparison.Ordinal);
        Assert.Contains($"Address: {AddressV6}", found, StringComparison.Ordinal);
        Assert.Contains("name = db.net7", string.Join('\n', town.Lines("app", "busybox", "nslookup", Address)), StringComparison.Ordinal);

        Output unknown = town.Try("shut", "busybox", "nslookup", "www.example.org");
        Assert.NotEqual(0, unknown.ExitCode);
        Assert.Contains("NXDOMAIN", unknown.StandardOutput + unknown.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void One_socket_that_asks_for_a_and_aaaa_at_once_gets_both_answers_from_the_address_it_asked()
    {
        Assert.Equal(["1 rcode 0 answers 1 0a070002", "2 rcode 0 answers 1 fd000007000000000000000000000002"], MuslLike("app", "db"));
        Assert.Equal(["1 rcode 3 answers 0 ", "2 rcode 3 answers 0 "], MuslLike("shut", "www.example.org"));
    }

    private string Dig(string container, params string[] question) =>
        string.Join('\n', town.Lines(container, ["dig", "+tries=1", "+time=5", .. question]));

    private string[] MuslLike(string container, string name) => town.Lines(container, "python3", "-c", MuslClient, name);

    // As musl's res_msend: both questions go out at once, and an answer from any other address is passed over. It gives up after the time
    // that it has.
    private const string MuslClient =
        """
        import socket, struct, sys
        name = b"".join(bytes([len(l)]) + l.encode() for l in sys.argv[1].split(".")) + b"\0"
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("0.0.0.0", 0))
        s.settimeout(5)
        for id, type in ((1, 1), (2, 28)):
            s.sendto(struct.pack(">6H", id, 0x100, 1, 0, 0, 0) + name + struct.pack(">2H", type, 1), ("127.0.0.11", 53))
        answers = {}
        while len(answers) < 2:
            data, peer = s.recvfrom(512)
            if peer != ("127.0.0.11", 53):
                continue
            id, flags, _, count, _, _ = struct.unpack(">6H", data[:12])
            at = 12 + len(name) + 4 + 2 + 8
            length = struct.unpack(">H", data[at:at + 2])[0] if count else 0
            answers[id] = f"{id} rcode {flags & 15} answers {count} {data[at + 2:at + 2 + length].hex()}"
        print(answers[1])
        print(answers[2])
        """;
}
