# Loaded by the Vagrantfile. Why "vagrant up" cannot make machines with libvirt on this machine: one sentence with the remedy, or nil.
require "open3"
require "socket"

module Netlab
  # One for all drivers, and one for QEMU alone.
  SOCKETS = ["/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock"].freeze

  # Mebibytes that QEMU takes for itself beside a machine's memory, and gibibytes that box and disks come to.
  OVERHEAD = 256
  DISK = 3

  # words: the command line of Vagrant. memory: of each machine, in MiB. present: a provider's plug-in is there.
  def self.refusal(words, memory, present)
    # Vagrant reads its file more than once.
    return nil if @asked
    @asked = true
    return nil unless words.find { |word| !word.start_with?("-") } == "up"
    provider = provider_of(words) || (present ? "libvirt" : nil)
    return nil unless provider == "libvirt" || (provider.nil? && !on_path?("VBoxManage"))
    return "Vagrant's provider libvirt is not there: install it, on Debian with \"netlab/packages.sh vm\"" unless present
    return nil unless ["", "qemu:///system"].include?(ENV.fetch("LIBVIRT_DEFAULT_URI", ""))
    names = words.grep(/\Ahost\d+\z/)
    new = (names.empty? ? %w[host1 host2] : names).reject { |name| made?(name, "libvirt") }
    unreachable || (new.empty? ? nil : short(new.length, memory))
  end

  # What was said in the command line or the environment, or that by which the machines were made.
  def self.provider_of(words)
    words.each_with_index do |word, at|
      return words[at + 1] if word == "--provider"
      return word.split("=", 2)[1] if word.start_with?("--provider=")
    end
    return "virtualbox" if %w[host1 host2].any? { |name| made?(name, "virtualbox") }
    ENV["VAGRANT_DEFAULT_PROVIDER"]
  end

  def self.made?(name, provider)
    folder = ENV.fetch("VAGRANT_DOTFILE_PATH", ".vagrant")
    File.exist?(File.join(File.expand_path(folder, File.expand_path("../..", __dir__)), "machines", name, provider, "id"))
  end

  def self.on_path?(program)
    ENV.fetch("PATH", "").split(":").any? { |folder| File.executable?(File.join(folder, program)) }
  end

  def self.unreachable
    socket = SOCKETS.find { |path| File.socket?(path) } || SOCKETS[0]
    UNIXSocket.new(socket).close
    nil
  rescue Errno::EACCES, Errno::EPERM
    "libvirt's socket #{socket} is not open to you: be root, or run \"adduser USER libvirt\" as root and log in again"
  rescue SystemCallError
    "libvirt does not listen at #{socket}: start it with \"systemctl start libvirtd\", or install it, on Debian with " \
      "\"netlab/packages.sh vm\""
  end

  # In the words of require.sh.
  def self.short(machines, memory)
    pool = pool_folder
    pool = File.dirname(pool) until File.directory?(pool)
    script = '. "$0"; require_memory "$1" "$2"; require_disk "$3" "$4" "make room"'
    _, said, status = Open3.capture3(
      "bash", "-c", script, File.join(__dir__, "require.sh"),
      (machines * (memory + OVERHEAD)).to_s, machines == 1 ? "a virtual machine" : "two virtual machines", pool, DISK.to_s)
    status.success? ? nil : said.strip.delete_prefix("netlab: ")
  end

  # Where libvirt has the disks of its pool "default"; root alone can read what is set there.
  def self.pool_folder
    File.read("/etc/libvirt/storage/default.xml")[%r{<path>([^<]+)</path>}, 1] || "/var/lib/libvirt/images"
  rescue SystemCallError
    "/var/lib/libvirt/images"
  end
end
